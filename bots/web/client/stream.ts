import type { WireMessage, WireReady } from "../wire.ts";

export interface StreamEvents {
  readonly message: (message: WireMessage) => void;
  readonly ready: (ready: WireReady) => void;
  /** false when the stream has been away for longer than a reconnect takes. */
  readonly connected: (connected: boolean) => void;
}

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
const GRACE_MS = 2500;

/**
 * Follows the transcript. However often the connection breaks, the next one goes on behind the last message that
 * arrived; a message that arrives twice is recognised by its number.
 */
export function follow(events: StreamEvents): { hurry(): void } {
  let last = 0;
  let pause = FIRST_PAUSE_MS;
  let source: EventSource | null = null;
  let timer: number | undefined;
  let grace: number | undefined;

  function open(): void {
    clearTimeout(timer);
    source?.close();
    const current = new EventSource(`/chat/stream?after=${last}`);
    source = current;
    current.addEventListener("open", () => {
      pause = FIRST_PAUSE_MS;
      clearTimeout(grace);
      grace = undefined;
      events.connected(true);
    });
    current.addEventListener("message", (event) => {
      const message = JSON.parse(event.data as string) as WireMessage;
      if (message.seq <= last) return;
      last = message.seq;
      events.message(message);
    });
    current.addEventListener("ready", (event) => {
      events.ready(JSON.parse((event as MessageEvent<string>).data) as WireReady);
    });
    current.addEventListener("error", () => {
      // The browser would give up after some answers and wait too long after others: open the next one ourselves.
      if (source !== current) return;
      current.close();
      source = null;
      grace ??= window.setTimeout(() => events.connected(false), GRACE_MS);
      timer = window.setTimeout(open, pause * (0.5 + Math.random() / 2));
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    });
  }

  open();
  return {
    hurry() {
      if (source === null) open();
    },
  };
}
