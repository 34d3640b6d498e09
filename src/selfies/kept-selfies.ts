import type { SourcePhoto } from "../ports/provider.ts";
import { readSelfie, selfiesOf } from "./read.ts";
import { byWorth } from "./rules/by-worth.ts";
import { counts } from "./rules/counts.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import type { StoredInspection } from "./schema.ts";

export interface KeptSelfie {
  readonly id: string;
  readonly blobId: string;
  /** 0 to 100. */
  readonly score: number;
  readonly inspection: StoredInspection;
}

/** The photos of a face that are used, best first. */
export async function keptSelfies(deps: Pick<SelfieDeps, "db">, faceId: string): Promise<KeptSelfie[]> {
  const rows = await selfiesOf(deps, faceId);
  return rows
    .filter(counts)
    .flatMap(({ id, blobId, score, inspection }) =>
      blobId === null || inspection === null ? [] : [{ id, blobId, score: score ?? 0, inspection }],
    )
    .toSorted(byWorth);
}

/** A selfie as a provider gets it; null when it is gone. */
export async function selfieBlob(
  deps: Pick<SelfieDeps, "db">,
  selfieId: string,
): Promise<SourcePhoto | null> {
  const row = await readSelfie(deps, selfieId);
  return row?.state === "judged" && row.blobId !== null
    ? { personId: row.personId, blobId: row.blobId }
    : null;
}

/** The clean picture of a person's own selfie; null when it was refused, is not judged yet or is gone. */
export async function selfieFile(
  deps: Pick<SelfieDeps, "db" | "blobs">,
  personId: string,
  selfieId: string,
): Promise<{ readonly bytes: Uint8Array; readonly mime: string } | null> {
  const photo = await selfieBlob(deps, selfieId);
  if (photo === null || photo.personId !== personId) return null;
  return { bytes: await deps.blobs.read(personId, photo.blobId), mime: "image/jpeg" };
}
