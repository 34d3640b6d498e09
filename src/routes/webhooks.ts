import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { takeWebhook } from "../jobs/index.ts";
import { countUp } from "../operations/index.ts";
import type { Deps } from "../ports/deps.ts";

/** What makes the webhooks of one vendor believable. */
export interface WebhookSource {
  /** As it stands in the address. */
  readonly name: string;
  /** The message's id, equal for repeats; null when it was not signed by the vendor, or too long ago. */
  verify(headers: Headers, body: Uint8Array): Promise<string | null>;
}

const MOST_BYTES = 1024 * 1024;

/**
 * `/webhooks/:source/:attempt`: verified on the raw bytes, stored in the inbox and answered at once. Anything else gets
 * 401 and leaves nothing but a count.
 */
export function webhookRoutes(
  deps: Pick<Deps, "db" | "clock" | "ids" | "waker">,
  sources: readonly WebhookSource[],
): Hono {
  const app = new Hono();

  async function refuse(c: Context): Promise<Response> {
    await deps.db.batch([countUp("webhook_refused")]);
    return c.text("This is not a webhook of ours.\n", 401);
  }

  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: refuse }));

  app.post("/:source/:attempt", async (c) => {
    const source = sources.find(({ name }) => name === c.req.param("source"));
    const body = new Uint8Array(await c.req.arrayBuffer());
    const dedupeKey = await source?.verify(c.req.raw.headers, body);
    if (source === undefined || typeof dedupeKey !== "string") return refuse(c);
    const text = new TextDecoder().decode(body);
    const attemptId = c.req.param("attempt");
    return c.text(await takeWebhook(deps, { source: source.name, dedupeKey, body: text, attemptId }));
  });

  return app;
}
