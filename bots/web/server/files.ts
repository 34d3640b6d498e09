import { Hono } from "hono";
import { z } from "zod";
import type { Who } from "../../../src/ports/for-people.ts";
import { failure, languageOf, problem } from "./problem.ts";
import type { VisitorContext, VisitorEnv, WebRoom } from "./web-deps.ts";
import { zipStream, type ZipFile } from "./zip.ts";

const Crop = z.enum(["original", "linkedin-square", "circle-safe", "portrait-4x5"]);

/** Widths that the page asks for: a tile of the contact sheet, a picture of the gallery. */
const Side = z.enum(["320", "800"]);

const Ids = z
  .array(z.string().regex(/^[0-9A-Za-z_-]{1,40}$/))
  .min(1)
  .max(80);

interface File {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly fileName?: string;
}

/** A file never changes under its id; an hour in the person's own browser is short enough after a deletion. */
function answer(c: VisitorContext, { bytes, mime, fileName }: File): Response {
  return c.body(Uint8Array.from(bytes), 200, {
    "content-type": mime,
    "cache-control": "private, max-age=3600, immutable",
    "content-disposition": fileName === undefined ? "inline" : `inline; filename="${safe(fileName)}"`,
  });
}

const safe = (fileName: string): string => fileName.replaceAll(/[^\w.-]/g, "_");

/** Pictures and selfies of the visitor and of nobody else: what is somebody else's does not exist. */
export function fileRoutes({ deps, people }: Pick<WebRoom, "deps" | "people">): Hono<VisitorEnv> {
  const app = new Hono<VisitorEnv>();

  const whoOf = (c: VisitorContext): Promise<Who> => {
    const visitor = c.get("visitor");
    return people.meet({ platform: "web", externalId: visitor }, visitor, languageOf(c));
  };

  async function thumbnail(c: VisitorContext, file: File | null, side: string): Promise<Response> {
    if (file === null || !Side.safeParse(side).success) return problem(c, "not_found");
    if (deps.imaging === null) return answer(c, file);
    const { jpeg } = await deps.imaging.thumbnail(file.bytes, Number(side));
    return answer(c, { bytes: jpeg, mime: "image/jpeg" });
  }

  app.onError((error, c) => {
    deps.log.error("web.file_failed", error);
    return failure(c, error);
  });

  app.get("/pictures/:id/:crop?", async (c) => {
    const crop = Crop.safeParse(c.req.param("crop") ?? "original").data;
    const file =
      crop === undefined ? null : await people.pictureFile(await whoOf(c), c.req.param("id"), crop);
    return file === null ? problem(c, "not_found") : answer(c, file);
  });

  app.get("/selfies/:id", async (c) => {
    const file = await people.selfieFile(await whoOf(c), c.req.param("id"));
    return file === null ? problem(c, "not_found") : answer(c, file);
  });

  app.get("/thumb/pictures/:id/:side", async (c) => {
    const file = await people.pictureFile(await whoOf(c), c.req.param("id"), "original");
    return thumbnail(c, file, c.req.param("side"));
  });

  app.get("/thumb/selfies/:id/:side", async (c) => {
    const file = await people.selfieFile(await whoOf(c), c.req.param("id"));
    return thumbnail(c, file, c.req.param("side"));
  });

  /** The pictures named in `pictures`, read one after the other while the zip is being sent. */
  app.get("/zip", async (c) => {
    const ids = Ids.safeParse((c.req.query("pictures") ?? "").split(",")).data;
    if (ids === undefined) return problem(c, "not_understood");
    const who = await whoOf(c);
    async function* files(wanted: readonly string[]): AsyncGenerator<ZipFile> {
      for (const id of wanted) {
        const file = await people.pictureFile(who, id, "original");
        if (file !== null) yield file;
      }
    }
    const every = files(ids);
    const first = await every.next();
    if (first.done === true) return problem(c, "not_found");
    return c.body(zipStream(first.value, every, deps.clock.now()), 200, {
      "content-type": "application/zip",
      "cache-control": "private, no-store",
      "content-disposition": 'attachment; filename="headshots.zip"',
    });
  });

  return app;
}
