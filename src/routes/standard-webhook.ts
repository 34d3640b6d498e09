import type { Clock } from "../ports/runtime.ts";
import { fromBase64Url } from "../storage/index.ts";
import type { WebhookSource } from "./webhooks.ts";

/** How far a sender's clock may be off, and how late a copied webhook may be replayed. */
const TOLERANCE_MS = 5 * 60_000;
const MOST_ID_CHARS = 200;

/**
 * Webhooks signed by the Standard Webhooks scheme (standardwebhooks.com), which Replicate uses too: HMAC-SHA-256 over
 * `id.timestamp.body`, in `webhook-signature` as a list of `v1,<base64>`.
 */
export function standardWebhook(name: string, secret: Uint8Array, clock: Pick<Clock, "now">): WebhookSource {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = crypto.subtle.importKey("raw", Uint8Array.from(secret), algorithm, false, ["verify"]);

  return {
    name,
    async verify(headers, body) {
      const id = headers.get("webhook-id") ?? "";
      const timestamp = headers.get("webhook-timestamp") ?? "";
      const age = clock.now() - Number(timestamp) * 1000;
      if (id === "" || id.length > MOST_ID_CHARS) return null;
      if (!/^\d{1,12}$/.test(timestamp) || Math.abs(age) > TOLERANCE_MS) return null;

      const start = new TextEncoder().encode(`${id}.${timestamp}.`);
      const signed = new Uint8Array(start.length + body.length);
      signed.set(start);
      signed.set(body, start.length);
      const key = await imported;
      for (const signature of (headers.get("webhook-signature") ?? "").split(" ")) {
        const bytes = signature.startsWith("v1,") ? fromBase64Url(signature.slice(3)) : null;
        if (bytes !== null && (await crypto.subtle.verify("HMAC", key, bytes, signed))) return id;
      }
      return null;
    },
  };
}
