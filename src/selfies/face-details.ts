import type { FaceDetails, SelfieDetails } from "../ports/for-people.ts";
import type { Product } from "../ports/product.ts";
import { isLiving } from "./let-go.ts";
import { readFace, selfiesOf } from "./read.ts";
import { counts } from "./rules/counts.ts";
import { productNeeds } from "./rules/needs.ts";
import { summarise } from "./rules/summary.ts";
import type { SelfieDeps, SelfieRow } from "./selfie-deps.ts";
import { withIdentity } from "./stored-identity.ts";

/** A living face as its person sees it, with what `product` needs of it; null when there is none. */
export async function faceDetails(
  deps: Pick<SelfieDeps, "db">,
  faceId: string,
  product: Product,
): Promise<FaceDetails | null> {
  const face = await readFace(deps, faceId);
  if (face === null) return null;
  const rows = (await selfiesOf(deps, faceId)).filter((row) => row.state !== "removed");
  const own = rows.filter(counts).flatMap(({ inspection }) => inspection ?? []);
  const scores = rows
    .filter((row) => row.verdict === "keep" || row.verdict === "warn")
    .map((row) => row.score ?? 0);
  return {
    id: face.id,
    personId: face.personId,
    name: face.name,
    selfies: rows.map(toDetails),
    kept: own.length,
    ...productNeeds(product),
    ...summarise(
      scores,
      own.map((stored) => withIdentity(stored, null)),
      product,
    ),
    settled: rows.filter(isLiving).every((row) => row.state === "judged"),
    createdAt: face.createdAt,
    expiresAt: face.expiresAt,
  };
}

function toDetails(row: SelfieRow): SelfieDetails {
  const { id, name, state, verdict, score, confirmed, blobId } = row;
  return {
    id,
    name,
    state,
    verdict,
    score,
    confirmed,
    blobId,
    reasons: row.reasons ?? [],
    counts: counts(row),
  };
}
