import type { FaceMeasures, Inspection } from "../ports/imaging.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import type { StoredInspection } from "./schema.ts";

/** Measures fit for a row: the identity vector is biometric and is stored sealed, beside them. */
export function withoutIdentity(inspection: Inspection): StoredInspection {
  if (inspection.face === null) return { ...inspection, face: null };
  const { identity: _, ...face } = inspection.face;
  return { ...inspection, face };
}

/** The measures as they were before they were stored. */
export function withIdentity(stored: StoredInspection, identity: Float32Array | null): Inspection {
  const face: FaceMeasures | null = stored.face === null ? null : { ...stored.face, identity };
  return { ...stored, face };
}

export function sealIdentity(
  { blobs }: Pick<SelfieDeps, "blobs">,
  personId: string,
  identity: Float32Array,
): Promise<string> {
  const bytes = new Uint8Array(identity.buffer, identity.byteOffset, identity.byteLength);
  return blobs.sealValue(personId, bytes);
}

export async function openIdentity(
  { blobs }: Pick<SelfieDeps, "blobs">,
  personId: string,
  sealed: string | null,
): Promise<Float32Array | null> {
  if (sealed === null) return null;
  const bytes = await blobs.openValue(personId, sealed);
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
