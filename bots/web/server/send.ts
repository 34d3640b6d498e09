import type { ChatSender, DeliveryRow, View } from "../../../src/ports/chat.ts";
import { AppError } from "../../../src/ports/errors.ts";
import { showInTranscript } from "./transcript.ts";
import type { WebRoom } from "./web-deps.ts";

/** The conversation's sheet of photos, and what is left of a message that went on further down. */
const SHEET = "selfies";
const MOVED = "moved";

/** Where photos are asked for in words, the browser shows a place to drop them as well. */
function withDropPlace(delivery: DeliveryRow, view: View): View {
  const asksForPhotos =
    delivery.kind === SHEET &&
    view.buttons.length > 0 &&
    !view.blocks.some((block) => block.kind === "selfies");
  if (!asksForPhotos) return view;
  return {
    ...view,
    blocks: [...view.blocks, { kind: "selfies", selfies: [], summary: "", wanted: [] }],
  };
}

/** The browser's way out: a row of the transcript under the delivery's own id, so that a repeat is the same message. */
export function createWebSender({ deps, hub }: Pick<WebRoom, "deps" | "hub">): ChatSender {
  return {
    platform: "web",
    needs: "send:web",
    async send(delivery, view) {
      const { id, address } = delivery;
      // A page needs no line that says where a message went.
      const shown = delivery.kind === MOVED ? { blocks: [], buttons: [] } : withDropPlace(delivery, view);
      const written = await deps.db.batch([
        showInTranscript(
          { id, address, author: "bot", view: shown, now: deps.clock.now() },
          { belowPerson: delivery.kind === SHEET },
        ),
      ]);
      if (!written.ok)
        throw new AppError("CONFLICT", "the transcript refused a message", { retryable: true });
      hub.wake(address);
      return { kind: "sent", messageRef: id };
    },
  };
}
