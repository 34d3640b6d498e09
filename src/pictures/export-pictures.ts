import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { jsonFile, type Exporter } from "../people/index.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { picture } from "./schema.ts";

/** A person's pictures as they are kept, with their marks, scores and votes. */
export function exportPictures(deps: Pick<PictureDeps, "db" | "blobs">): Exporter {
  return async function* (personId) {
    const rows = await deps.db.orm
      .select()
      .from(picture)
      .where(and(eq(picture.personId, personId), isNull(picture.deletedAt), isNotNull(picture.blobId)))
      .orderBy(asc(picture.orderId), asc(picture.rank));
    yield jsonFile(
      "pictures.json",
      rows.map(({ id, orderId, style, digitalSource, band, score, rank, vote, createdAt }) => ({
        picture: id,
        order: orderId,
        style,
        digitalSource,
        likeness: band,
        score,
        rank,
        vote,
        made: new Date(createdAt).toISOString(),
      })),
    );
    for (const { id, blobId } of rows) {
      if (blobId === null) continue;
      yield { name: `pictures/${id}.jpg`, bytes: await deps.blobs.read(personId, blobId) };
    }
  };
}
