import type { R2BucketBinding } from "../storage/index.ts";

/** What `wrangler.toml` and its secrets give to the Worker: settings as texts, and these bindings. */
export interface WorkerEnv {
  /** Where sealed pictures lie. */
  readonly BLOBS?: R2BucketBinding;
  /** The built browser client. */
  readonly ASSETS?: { fetch(address: string): Promise<Response> };
  readonly [setting: string]: unknown;
}
