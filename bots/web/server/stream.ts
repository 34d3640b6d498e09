import { streamSSE } from "hono/streaming";
import { messagesAfter, transcriptStart } from "./transcript.ts";
import type { VisitorContext, WebRoom } from "./web-deps.ts";

/** A stream ends after this long and the page opens the next one: connections do not pile up, and deploys drain. */
const STREAM_MS = 5 * 60_000;
/** Another process may have written: looked at this often. */
const LOOK_MS = 1000;
/** Proxies close what is silent. */
const HEARTBEAT_MS = 15_000;
const PAGE = 100;

function startsAfter(c: VisitorContext): number {
  const asked = Number(c.req.header("last-event-id") ?? c.req.query("after") ?? 0);
  return Number.isSafeInteger(asked) && asked >= 0 ? asked : 0;
}

/**
 * `GET /chat/stream`: every message that is new or changed after the last one that the page has, then the live ones.
 * The event id is the message's `seq`, so whatever breaks, the next stream goes on behind what arrived.
 */
export function streamTranscript({ deps, hub }: Pick<WebRoom, "deps" | "hub">) {
  return (c: VisitorContext): Response => {
    const visitor = c.get("visitor");
    let after = startsAfter(c);
    const { clock, log } = deps;
    c.header("x-accel-buffering", "no");
    const response = streamSSE(c, async (stream) => {
      const until = clock.now() + STREAM_MS;
      const listener = hub.listen(visitor);
      stream.onAbort(() => listener.stop());
      let isReady = false;
      let writtenAt = clock.now();
      try {
        while (!stream.aborted && clock.now() < until) {
          const messages = await messagesAfter(deps, visitor, after, PAGE);
          for (const message of messages) {
            after = message.seq;
            await stream.writeSSE({ event: "message", id: String(after), data: JSON.stringify(message) });
          }
          if (messages.length === PAGE) continue;
          if (messages.length > 0 || !isReady) {
            await stream.writeSSE({
              event: "ready",
              data: JSON.stringify(await transcriptStart(deps, visitor)),
            });
            isReady = true;
            writtenAt = clock.now();
          } else if (clock.now() - writtenAt >= HEARTBEAT_MS) {
            await stream.write(": still here\n\n");
            writtenAt = clock.now();
          }
          await listener.next(LOOK_MS);
        }
      } catch (error) {
        // The page opens the next stream and goes on from its last message.
        log.error("web.stream_failed", error);
      } finally {
        listener.stop();
      }
    });
    response.headers.set("cache-control", "no-store");
    return response;
  };
}
