import { z } from "zod";
import { COMMANDS, type ChatEvent } from "../../../src/ports/chat.ts";
import type { WireEvent } from "../wire.ts";
import { failure, languageOf, problem } from "./problem.ts";
import { sayInTranscript } from "./transcript.ts";
import type { VisitorContext, WebRoom } from "./web-deps.ts";

const MOST_EVENT_BYTES = 32 * 1024;

/** Longer than any report that is read by a person. */
const MOST_LETTERS = 4000;

const Event: z.ZodType<WireEvent> = z.object({
  id: z.uuid(),
  body: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("command"), name: z.enum([...COMMANDS, "start"]) }),
    z.object({ kind: z.literal("press"), action: z.string().min(1).max(64) }),
    z.object({ kind: z.literal("text"), text: z.string().trim().min(1).max(MOST_LETTERS) }),
  ]),
});

function chatEvent(c: VisitorContext, { id, body }: WireEvent): ChatEvent {
  const visitor = c.get("visitor");
  return {
    // Ids are made in pages: the visitor's id before them keeps one page from using up another's.
    id: `${visitor}:${id}`,
    account: { platform: "web", externalId: visitor },
    address: visitor,
    language: languageOf(c),
    body: body.kind === "command" ? { ...body, argument: null } : body,
  };
}

async function readEvent(c: VisitorContext): Promise<WireEvent | null> {
  const text = await c.req.text();
  if (text.length > MOST_EVENT_BYTES) return null;
  try {
    return Event.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** `POST /chat/events`: a command, a press or words. The answer comes through the stream; this one says that it was taken. */
export function takeEvent({ deps, conversation, hub }: WebRoom) {
  return async (c: VisitorContext): Promise<Response> => {
    const event = await readEvent(c);
    if (event === null) return problem(c, "not_understood");
    const visitor = c.get("visitor");
    try {
      if (event.body.kind === "text") {
        const view = { blocks: [{ kind: "text", text: event.body.text }], buttons: [] } as const;
        await deps.db.batch([
          sayInTranscript({ id: event.id, address: visitor, view, now: deps.clock.now() }),
        ]);
        hub.wake(visitor);
      }
      await conversation.onChatEvent(chatEvent(c, event));
    } catch (error) {
      deps.log.error("web.event_failed", error, { kind: event.body.kind });
      return failure(c, error);
    }
    return c.body(null, 204);
  };
}
