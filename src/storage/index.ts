export { createBlobs } from "./blobs.ts";
export { deriveSecret } from "./derive.ts";
export { fromBase64Url, toBase64Url } from "./encoding.ts";
export { memoryStore } from "./memory-store.ts";
export { createPasses, type NewPass, type OpenedPass, type Passes } from "./passes.ts";
export { r2Objects, type R2BucketBinding } from "./r2.ts";
