import type { PhotoOffer } from "../../ports/chat.ts";
import { THRESHOLDS as T } from "./thresholds.ts";

/** What is known of the photos that a face has already. */
export interface KnownPhoto {
  readonly id: string;
  readonly uniqueId: string | null;
  readonly state: "offered" | "uploaded" | "judged" | "removed" | "expired";
  readonly blobId: string | null;
}

/** What becomes of each offered photo, in order. */
export type Admission =
  /** Arrived with an earlier copy of this very event. */
  | { readonly kind: "repeated" }
  /** The same file was sent before. */
  | { readonly kind: "already" }
  /** Bytes before consent: not taken. */
  | { readonly kind: "not_taken" }
  | { readonly kind: "too_large" }
  /** The face is full. */
  | { readonly kind: "not_looked_at" }
  | { readonly kind: "take" };

/** Decides about offered photos; `ids` are theirs, in the same order. */
export function admit(
  photos: readonly PhotoOffer[],
  ids: readonly string[],
  known: readonly KnownPhoto[],
  rules: { readonly consented: boolean; readonly mostBytes: number },
): readonly Admission[] {
  const made = new Set(known.map((photo) => photo.id));
  const files = new Set(known.filter(isWanted).map((photo) => photo.uniqueId));
  let room = T.photosPerFace - known.filter(takesRoom).length;
  return photos.map((photo, index): Admission => {
    if (made.has(ids[index] ?? "")) return { kind: "repeated" };
    if (photo.kind === "reference" && files.has(photo.uniqueId)) return { kind: "already" };
    if (photo.kind === "bytes" && !rules.consented) return { kind: "not_taken" };
    if (photo.kind === "reference") files.add(photo.uniqueId);
    const size = photo.kind === "bytes" ? photo.bytes.length : (photo.bytes ?? 0);
    if (size > rules.mostBytes) return { kind: "too_large" };
    if (room <= 0) return { kind: "not_looked_at" };
    room -= 1;
    return { kind: "take" };
  });
}

/** A photo that was removed or forgotten may be sent again. */
function isWanted(photo: KnownPhoto): boolean {
  return photo.state !== "removed" && photo.state !== "expired";
}

/** A refused photo keeps nothing, so it leaves its place to another. */
function takesRoom(photo: KnownPhoto): boolean {
  return photo.state === "offered" || photo.blobId !== null;
}
