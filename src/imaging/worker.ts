import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import { AppError } from "../ports/errors.ts";
import type { ImagingStatus } from "../ports/imaging.ts";
import { crop } from "./crops/crop.ts";
import { thumbnail } from "./crops/thumbnail.ts";
import { trainingCrop } from "./crops/training-crop.ts";
import { inspect } from "./inspect.ts";
import { createModels } from "./models/shelf.ts";
import { buffersOf, type Handlers, type TaskName, type TaskReply, type TaskRequest } from "./protocol.ts";
import { selfTest } from "./self-test.ts";
import { createStudio } from "./studio/index.ts";

// One job at a time on one thread: libvips' own pool and cache would only take memory from the machine.
sharp.concurrency(1);
sharp.cache(false);

const models = createModels();
const studio = createStudio(models);

let tested: Promise<ImagingStatus> | undefined;

const handlers: Handlers = {
  // Models do not change while the thread lives, so one test is enough.
  status: () => (tested ??= selfTest(models)),
  inspect: (bytes) => inspect(bytes, models),
  planStudio: (source) => studio.plan(source),
  renderStudio: (request) => studio.render(request),
  crop: ({ jpeg, kind }) => crop(jpeg, kind, models),
  thumbnail: ({ jpeg, side }) => thumbnail(jpeg, side),
  trainingCrop: (jpeg) => trainingCrop(jpeg, models),
};

parentPort?.on("message", (request: TaskRequest) => void answer(request));

async function answer<K extends TaskName>(request: TaskRequest<K>): Promise<void> {
  const reply = await run(request);
  parentPort?.postMessage(reply, reply.ok ? buffersOf(reply.output) : []);
}

async function run<K extends TaskName>({ id, name, input }: TaskRequest<K>): Promise<TaskReply> {
  try {
    return { id, ok: true, output: await handlers[name](input) };
  } catch (error) {
    const known = error instanceof AppError;
    const message = error instanceof Error ? error.message : String(error);
    const code = known ? error.code : "IMAGING_FAILED";
    return { id, ok: false, code, message: `${name}: ${message}`, retryable: known && error.retryable };
  }
}
