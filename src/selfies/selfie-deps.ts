import type { Deps } from "../ports/deps.ts";
import type { face, selfie } from "./schema.ts";

export type SelfieDeps = Pick<Deps, "db" | "clock" | "ids" | "blobs" | "imaging" | "announce" | "waker">;

export type FaceRow = typeof face.$inferSelect;
export type SelfieRow = typeof selfie.$inferSelect;
