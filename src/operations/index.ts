export { auditEntry, type AuditEntry } from "./audit.ts";
export { countUp } from "./count-up.ts";
export { createLogger, LOG_LEVELS, type LogLevel } from "./logger.ts";
export type { Metric, Sample } from "./metric.ts";
export { readiness, type Readiness, type ReadinessCheck } from "./readiness.ts";
export { readMetrics } from "./read-metrics.ts";
export { renderMetrics } from "./render-metrics.ts";
