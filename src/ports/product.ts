/** What is sold; also the values of `--model`. `preview` is never sold. */
export type Product = "studio" | "best" | "fast" | "classic" | "preview";

export type ProviderName = "studio" | "replicate" | "runpod" | "noop";

export type ModelFamily = "flux" | "sdxl";

export type StyleKey = string;

/** very_close, close and loose are shown; beyond is not. */
export type LikenessBand = "very_close" | "close" | "loose" | "beyond";
