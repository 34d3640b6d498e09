import type { WireEvent } from "../wire.ts";
import { postEvent, type Answer } from "./api.ts";

export interface Outbox {
  /** Sends in the order given. Resolves when the event was taken or finally refused; a lost connection is waited out. */
  send(body: WireEvent["body"], id?: string): Promise<Answer<void>>;
  /** The connection is back: what waits is tried at once. */
  hurry(): void;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

/** Events wait here for the connection, each under its own id, so that a repeat after a lost answer changes nothing. */
export function createOutbox(onWaiting: (waiting: boolean) => void): Outbox {
  let last: Promise<unknown> = Promise.resolve();
  let wake: (() => void) | null = null;

  async function persist(event: WireEvent): Promise<Answer<void>> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      const answer = await postEvent(event);
      if (answer.ok || !answer.retry) {
        onWaiting(false);
        return answer;
      }
      onWaiting(true);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, pause);
      });
      wake = null;
    }
  }

  return {
    send(body, id = crypto.randomUUID()) {
      const answer = last.then(() => persist({ id, body }));
      last = answer;
      return answer;
    },
    hurry: () => wake?.(),
  };
}
