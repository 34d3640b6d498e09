import { selfiesOf } from "./read.ts";
import { counts } from "./rules/counts.ts";
import { likenessReference, type LikenessReference } from "./rules/likeness.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { openIdentity } from "./stored-identity.ts";

/** What pictures of a face are compared with; null where no used photo could be checked for identity. */
export async function meanIdentity(
  deps: Pick<SelfieDeps, "db" | "blobs">,
  faceId: string,
): Promise<LikenessReference | null> {
  const rows = (await selfiesOf(deps, faceId)).filter(counts);
  const vectors = await Promise.all(rows.map((row) => openIdentity(deps, row.personId, row.sealedIdentity)));
  return likenessReference(vectors.filter((vector) => vector !== null));
}
