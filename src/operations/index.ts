export { auditEntry } from "./audit.ts";
export { countUp } from "./count-up.ts";
export { createLogger, LOG_LEVELS, type LogLevel } from "./logger.ts";
export type { Metric } from "./metric.ts";
export { readiness } from "./readiness.ts";
export { readMetrics } from "./read-metrics.ts";
export { renderMetrics } from "./render-metrics.ts";
