import type { WebKit } from "./kit.ts";

export const ORIGIN = "http://127.0.0.1";

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** A visitor of the app without a browser: its cookie and what it may ask. */
export interface Visitor {
  readonly id: string;
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(event: unknown, headers?: Record<string, string>): Promise<Response>;
  upload(
    batch: string,
    files: readonly { id: string; name: string; bytes: Uint8Array<ArrayBuffer> }[],
  ): Promise<Response>;
}

export async function newVisitor(kit: WebKit): Promise<Visitor> {
  const page = await kit.app.request(`${ORIGIN}/`);
  const cookie = (page.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const id = cookie.replace(/^(__Host-)?visitor=/, "").slice(0, 32);
  return {
    id,
    cookie,
    get: async (path, headers = {}) => kit.app.request(ORIGIN + path, { headers: { cookie, ...headers } }),
    post: async (event, headers = {}) =>
      kit.app.request(`${ORIGIN}/chat/events`, {
        method: "POST",
        headers: { cookie, origin: ORIGIN, "content-type": "application/json", ...headers },
        body: JSON.stringify(event),
      }),
    upload: async (batch, files) => {
      const form = new FormData();
      for (const { id: name, name: fileName, bytes } of files) form.append(name, new Blob([bytes]), fileName);
      return kit.app.request(`${ORIGIN}/chat/photos?batch=${batch}`, {
        method: "POST",
        headers: { cookie, origin: ORIGIN },
        body: form,
      });
    },
  };
}

export const press = (n: number, action = "begin") => ({ id: uuid(n), body: { kind: "press", action } });
export const words = (n: number, text: string) => ({ id: uuid(n), body: { kind: "text", text } });

export function transcriptRows(kit: WebKit, address: string) {
  return kit.db.query("SELECT * FROM web_message WHERE address = ? ORDER BY seq", [address]);
}
