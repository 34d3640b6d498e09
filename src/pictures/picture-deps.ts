import type { Deps } from "../ports/deps.ts";
import type { picture } from "./schema.ts";

export type PictureDeps = Pick<Deps, "db" | "clock" | "ids" | "blobs" | "imaging">;

export type PictureRow = typeof picture.$inferSelect;
