import { z } from "zod";
import { explainError } from "../../../src/chat/index.ts";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { WORDS } from "../words/index.ts";
import { MOST_FILE_BYTES, MOST_FILES, type WireFile } from "../wire.ts";
import { BadMultipart, boundaryOf, readMultipart, type Part } from "./multipart.ts";
import { failure, languageOf, problem } from "./problem.ts";
import { addPhotoToTranscript } from "./transcript.ts";
import type { VisitorContext, WebRoom } from "./web-deps.ts";

const Uuid = z.uuid();

/** Boundaries and heads around the files. */
const MOST_BODY_BYTES = MOST_FILES * (MOST_FILE_BYTES + 1024);

const STATUS: Readonly<Record<WireFile["outcome"], ContentfulStatusCode>> = {
  taken: 200,
  too_large: 413,
  not_looked_at: 422,
  failed: 503,
};

/**
 * `POST /chat/photos?batch=ID`: photos as multipart/form-data, each part named by the id that the page gave the file.
 * Every file is offered as soon as it is read, as an event of its own: one file is in memory at a time, and what was
 * accepted stays accepted when a later one fails. Before the consent nothing is read: the files stay in the page.
 */
export function takePhotos(room: WebRoom) {
  const { deps, people } = room;
  return async (c: VisitorContext): Promise<Response> => {
    const batch = Uuid.safeParse(c.req.query("batch")).data;
    const boundary = boundaryOf(c.req.header("content-type"));
    const body = c.req.raw.body;
    if (batch === undefined || boundary === null || body === null) return problem(c, "not_understood");
    if (Number(c.req.header("content-length") ?? 0) > MOST_BODY_BYTES) return problem(c, "too_much");
    try {
      const visitor = c.get("visitor");
      const who = await people.meet({ platform: "web", externalId: visitor }, visitor, languageOf(c));
      if (!(await people.overview(who)).consented) return problem(c, "consent_first");
      const files: WireFile[] = [];
      for await (const part of readMultipart(capped(body, MOST_BODY_BYTES), boundary)) {
        if (part.fileName === null || !Uuid.safeParse(part.name).success) continue;
        files.push(await takeFile(room, c, { batch, part, position: files.length }));
      }
      const worst = files.some(({ outcome }) => outcome === "taken") ? "taken" : files[0]?.outcome;
      return worst === undefined ? problem(c, "not_understood") : c.json({ files }, STATUS[worst]);
    } catch (error) {
      if (error instanceof BadMultipart) return problem(c, "not_understood");
      deps.log.error("web.photos_failed", error);
      return failure(c, error);
    }
  };
}

async function takeFile(
  { deps, conversation, hub }: WebRoom,
  c: VisitorContext,
  file: { readonly batch: string; readonly part: Part; readonly position: number },
): Promise<WireFile> {
  const { batch, part, position } = file;
  const language = languageOf(c) ?? "en";
  const words = WORDS[language];
  if (position >= MOST_FILES) return { id: part.name, outcome: "not_looked_at", message: words.tooMuch };
  const bytes = await part.bytes(MOST_FILE_BYTES);
  if (bytes === null) return { id: part.name, outcome: "too_large", message: words.uploads.tooLarge };
  const visitor = c.get("visitor");
  try {
    await deps.db.batch(
      addPhotoToTranscript(
        { id: batch, address: visitor, now: deps.clock.now() },
        { fileId: part.name, name: part.fileName },
      ),
    );
    hub.wake(visitor);
    await conversation.onChatEvent({
      id: `${visitor}:${part.name}`,
      account: { platform: "web", externalId: visitor },
      address: visitor,
      language: languageOf(c),
      body: { kind: "photos", photos: [{ kind: "bytes", bytes, name: part.fileName }] },
    });
    return { id: part.name, outcome: "taken", message: words.uploads.sent };
  } catch (error) {
    deps.log.error("web.photo_failed", error);
    return { id: part.name, outcome: "failed", message: explainError(error, language) };
  }
}

/** Ends in an error beyond `most` bytes, whatever the request announced. */
function capped(body: ReadableStream<Uint8Array>, most: number): ReadableStream<Uint8Array> {
  let size = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.length;
        if (size > most) controller.error(new BadMultipart("the body is too long"));
        else controller.enqueue(chunk);
      },
    }),
  );
}
