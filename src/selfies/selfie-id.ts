const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * The id of the photo at a place of a chat event: the same event makes the same photo however often it arrives.
 * 26 characters; photos of one event sort in their order.
 */
export async function selfieId(faceId: string, eventId: string, index: number): Promise<string> {
  const seed = new TextEncoder().encode(JSON.stringify([faceId, eventId, index]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", seed));
  const letters = Array.from(hash.subarray(0, 23), (byte) => ALPHABET.charAt(byte % 32)).join("");
  return String(index).padStart(3, "0") + letters;
}
