/** What is sold; also the values of `--model`. `preview` is never sold. */
export type Product = "studio" | "best" | "fast" | "classic" | "preview";

export type ProviderName = "studio" | "replicate" | "runpod" | "noop";

export type ModelFamily = "flux" | "sdxl";

export type StyleKey = string;

/** very_close, close and loose are shown; beyond is not. */
export type LikenessBand = "very_close" | "close" | "loose" | "beyond";

/** The happy path in order, then the side states. Money is spent in training, proving and shooting only. */
export type OrderState =
  | "draft"
  | "consented"
  | "collecting"
  | "ready"
  | "quoted"
  | "queued"
  | "training"
  | "proving"
  | "shooting"
  | "sorting"
  | "delivered"
  | "closed"
  | "needs_photos"
  | "review"
  | "paused_budget"
  | "failed"
  | "cancelled"
  | "expired"
  | "deleted";
