import { and, eq, isNull } from "drizzle-orm";
import { AppError } from "../ports/errors.ts";
import type { CropKind } from "../ports/imaging.ts";
import { markPicture } from "./mark-picture.ts";
import type { PictureDeps, PictureRow } from "./picture-deps.ts";
import { picture } from "./schema.ts";

export interface PictureFile {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly fileName: string;
}

/** A person's own picture, or null: somebody else's does not exist for them. */
export async function ownPicture(
  deps: Pick<PictureDeps, "db">,
  personId: string,
  pictureId: string,
): Promise<PictureRow | null> {
  const [row] = await deps.db.orm
    .select()
    .from(picture)
    .where(and(eq(picture.id, pictureId), eq(picture.personId, personId), isNull(picture.deletedAt)));
  return row ?? null;
}

/** A picture or a crop of it, marked, ready to be saved; null when the person has no such picture. */
export async function pictureFile(
  deps: Pick<PictureDeps, "db" | "blobs" | "imaging">,
  personId: string,
  pictureId: string,
  crop: CropKind | "original",
): Promise<PictureFile | null> {
  const row = await ownPicture(deps, personId, pictureId);
  if (row === null || row.blobId === null) return null;
  const whole = await deps.blobs.read(personId, row.blobId);
  const fileName = nameOf(row, crop);
  if (crop === "original") return { bytes: whole, mime: row.mime, fileName };
  if (deps.imaging === null) throw new AppError("IMAGING_FAILED", "crops are made where imaging is");
  const cut = await deps.imaging.crop(whole, crop);
  return { bytes: markPicture(cut.jpeg, row.digitalSource), mime: "image/jpeg", fileName };
}

function nameOf({ rank, style }: PictureRow, crop: CropKind | "original"): string {
  const number = rank === null ? "" : `-${String(rank).padStart(2, "0")}`;
  return `headshot${number}-${style}${crop === "original" ? "" : `-${crop}`}.jpg`;
}
