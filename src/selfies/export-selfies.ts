import { asc, eq } from "drizzle-orm";
import { jsonFile, type Exporter } from "../people/index.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { face, selfie } from "./schema.ts";

/** A person's photos as they are kept, with what was found about each. No identity vectors. */
export function exportSelfies(deps: Pick<SelfieDeps, "db" | "blobs">): Exporter {
  return async function* (personId) {
    const faces = await deps.db.orm.select().from(face).where(eq(face.personId, personId));
    const rows = await deps.db.orm
      .select()
      .from(selfie)
      .where(eq(selfie.personId, personId))
      .orderBy(asc(selfie.createdAt), asc(selfie.id));
    yield jsonFile("selfies.json", {
      faces: faces.map(({ id, name, createdAt, deletedAt, expiresAt }) => ({
        face: id,
        name,
        since: iso(createdAt),
        deleted: iso(deletedAt),
        photosGo: iso(expiresAt),
      })),
      selfies: rows.map(
        ({ id, faceId, name, state, verdict, reasons, score, confirmed, inspection, ...row }) => ({
          selfie: id,
          face: faceId,
          name,
          state,
          verdict,
          reasons,
          score,
          confirmed,
          measures: inspection,
          sent: iso(row.createdAt),
          judged: iso(row.judgedAt),
        }),
      ),
    });
    for (const { id, blobId, state } of rows) {
      if (state !== "judged" || blobId === null) continue;
      yield { name: `selfies/${id}.jpg`, bytes: await deps.blobs.read(personId, blobId) };
    }
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
