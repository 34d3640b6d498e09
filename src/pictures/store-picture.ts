import { write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import { AppError } from "../ports/errors.ts";
import type { CleanPicture } from "../ports/imaging.ts";
import type { StyleKey } from "../ports/product.ts";
import { isPlainJpeg, markPicture, type DigitalSource } from "./mark-picture.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { bandOf, distanceTo, type LikenessReference } from "./rules/likeness.ts";
import { scorePicture } from "./rules/score.ts";
import { picture } from "./schema.ts";

export interface NewPicture {
  readonly orderId: string;
  readonly promptId: string;
  /** Place among the outputs of its prompt. */
  readonly ordinal: number;
  readonly personId: string;
  readonly style: StyleKey;
  readonly sourceSelfieId: string | null;
  /** The output as the provider gave it. */
  readonly bytes: Uint8Array;
  readonly digitalSource: DigitalSource;
  /** What the person looks like; null = likeness is not checked, and the picture is shown without a band. */
  readonly reference: LikenessReference | null;
}

/**
 * Measures, scores, marks and stores an output; the statements belong into the batch that settles its attempt.
 * Throws `AppError` PROVIDER_FAILED when the output is no picture, DISK_FULL when it cannot be stored.
 */
export async function storePicture(deps: PictureDeps, made: NewPicture): Promise<Statement[]> {
  if (deps.imaging === null) throw new AppError("DEFECT", "a picture was stored without imaging");
  const measured = await deps.imaging.inspect(made.bytes, "render");
  if (!measured.ok) throw new AppError("PROVIDER_FAILED", `the output is no picture: ${measured.code}`);
  const { inspection } = measured;
  const final = finalPicture(made.bytes, measured.clean, inspection);
  const distance = distanceTo(made.reference, inspection.face?.identity ?? null);
  const blob = await deps.blobs.put(made.personId, "picture", markPicture(final.jpeg, made.digitalSource));
  const { orderId, promptId, ordinal, personId, style, sourceSelfieId, digitalSource } = made;
  return [
    deps.blobs.keep(blob),
    write(
      deps.db.orm.insert(picture).values({
        id: deps.ids.next(),
        orderId,
        promptId,
        ordinal,
        personId,
        style,
        sourceSelfieId,
        digitalSource,
        blobId: blob.id,
        mime: "image/jpeg",
        width: final.width,
        height: final.height,
        distance,
        band: distance === null || made.reference === null ? null : bandOf(distance, made.reference.limits),
        score: scorePicture(inspection, distance),
        sharpness: inspection.face?.sharpness ?? null,
        hash: inspection.hash,
        createdAt: deps.clock.now(),
      }),
    ),
  ];
}

/** Pixels that are a plain JPEG already are not encoded a second time. */
function finalPicture(
  bytes: Uint8Array,
  clean: CleanPicture,
  upright: { readonly width: number; readonly height: number },
): CleanPicture {
  return isPlainJpeg(bytes) ? { jpeg: bytes, width: upright.width, height: upright.height } : clean;
}
