import { Hono } from "hono";
import type { Passes } from "../storage/index.ts";

const GONE = "This link is over or was never given out. Ask for a new one in the chat.\n";

/** `/files/:pass`: leave for an outsider to read or write one blob, unsealed or sealed while it streams. */
export function fileRoutes(passes: Passes): Hono {
  const app = new Hono();

  app.get("/:pass", async (c) => {
    const opened = await passes.open(c.req.param("pass"), "GET");
    if (opened.kind !== "read") return c.text(GONE, 404);
    const name = (opened.fileName ?? "file").replaceAll(/[^\w.-]/g, "_");
    return c.body(opened.body, 200, {
      "content-type": opened.mime ?? "application/octet-stream",
      "content-length": String(opened.bytes),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
  });

  app.put("/:pass", async (c) => {
    const opened = await passes.open(c.req.param("pass"), "PUT");
    if (opened.kind !== "write") return c.text(GONE, 404);
    const body = c.req.raw.body;
    if (body === null) return c.text("The request has no body.\n", 400);
    const stored = await opened.store(body);
    if (stored === "too_large") return c.text(`At most ${opened.byteLimit} bytes may be sent here.\n`, 413);
    return stored === "gone" ? c.text(GONE, 404) : c.body(null, 204);
  });

  return app;
}
