export { createNoopProvider } from "./provider.ts";
export type { NoopFault, NoopOptions, NoopProvider, NoopRun, NoopWebhook } from "./vendor.ts";
