import { Hono } from "hono";
import { ICON, STYLE_ART, styleArt } from "../art/index.ts";

/** The built client: one script and one sheet. */
export interface WebAssets {
  readonly script: string;
  readonly style: string;
}

/** Changes whenever the client does (FNV-1a). */
export function versionOf({ script, style }: WebAssets): string {
  let hash = 0x811c9dc5;
  for (const text of [script, style]) {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

const FOR_EVER = "public, max-age=31536000, immutable";

/** The client and the drawings. Files with a version in their address never change. */
export function assetRoutes({ script, style }: WebAssets): Hono {
  const app = new Hono();

  app.get("/app.js", (c) => {
    c.header("content-type", "text/javascript; charset=utf-8");
    c.header("cache-control", FOR_EVER);
    return c.body(script);
  });

  app.get("/app.css", (c) => {
    c.header("content-type", "text/css; charset=utf-8");
    c.header("cache-control", FOR_EVER);
    return c.body(style);
  });

  app.get("/icon.svg", (c) => {
    c.header("content-type", "image/svg+xml");
    c.header("cache-control", "public, max-age=86400");
    return c.body(ICON);
  });

  app.get("/styles/:file", (c) => {
    const key = c.req.param("file").replace(/\.svg$/, "");
    c.header("content-type", "image/svg+xml");
    c.header("cache-control", "public, max-age=86400");
    return STYLE_ART.includes(key) ? c.body(styleArt(key)) : c.body(styleArt("own-background"), 404);
  });

  return app;
}
