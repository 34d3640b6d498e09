import type { WireEvent, WireMe, WireProblem } from "../wire.ts";
import { words } from "./page.ts";

/** How a request ended. `retry` is true where the same request may succeed later by itself. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly retry: boolean };

/** What a failed answer says; anything but our own words becomes the general sentence. */
export function readProblem(status: number, body: string): Answer<never> {
  const retry = status === 0 || status === 429 || status === 502 || status === 503 || status === 504;
  try {
    const problem = JSON.parse(body) as Partial<WireProblem>;
    if (typeof problem.message === "string" && typeof problem.code === "string") {
      return { ok: false, code: problem.code, message: problem.message, retry };
    }
  } catch {
    // Not from our server: a proxy in between.
  }
  return { ok: false, code: "failed", message: status === 0 ? words.uploads.lost : words.failed, retry };
}

async function call<T>(
  request: () => Promise<Response>,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  try {
    const response = await request();
    if (!response.ok) return readProblem(response.status, await response.text());
    return { ok: true, value: await read(response) };
  } catch {
    return readProblem(0, "");
  }
}

export function postEvent(event: WireEvent): Promise<Answer<void>> {
  return call(
    () =>
      fetch("/chat/events", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(event),
      }),
    async () => undefined,
  );
}

export function askMe(): Promise<Answer<WireMe>> {
  return call(
    () => fetch("/chat/me"),
    async (response) => (await response.json()) as WireMe,
  );
}
