export { createNoopProvider } from "./provider.ts";
export type { NoopFault, NoopOptions, NoopProvider } from "./vendor.ts";
