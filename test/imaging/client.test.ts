import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import { afterEach, describe, expect, it } from "vitest";
import { createImaging } from "../../src/imaging/index.ts";
import { buffersOf } from "../../src/imaging/protocol.ts";
import type { Imaging } from "../../src/ports/imaging.ts";
import { fakeClock } from "../kit/time.ts";

const ANSWER = 0;
const THROW = 1;
const EXIT = 2;
const HANG = 3;
const REFUSE = 4;

const clock = fakeClock();
const open: Imaging[] = [];

function start(): Imaging {
  const script = new URL("./fake-thread.mjs", import.meta.url);
  const imaging = createImaging({ clock, script, taskTimeoutMs: 60_000 });
  open.push(imaging);
  return imaging;
}

function task(what: number, mark = 0): Uint8Array {
  return new Uint8Array([what, mark]);
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((imaging) => imaging.close()));
});

describe("the imaging thread's client", () => {
  it("answers tasks in order, a verdict before every waiting render", async () => {
    const imaging = start();
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    await Promise.all([
      imaging.planStudio(task(ANSWER)).then(note("first")),
      imaging.planStudio(task(ANSWER)).then(note("render 1")),
      imaging.trainingCrop(task(ANSWER)).then(note("render 2")),
      imaging.inspect(task(ANSWER), "render").then(note("render 3")),
      imaging.inspect(task(ANSWER)).then(note("verdict 1")),
      imaging.inspect(task(ANSWER), "verdict").then(note("verdict 2")),
    ]);
    expect(order).toEqual(["first", "verdict 1", "verdict 2", "render 1", "render 2", "render 3"]);
  });

  it.each([
    ["throws", THROW],
    ["exits", EXIT],
  ])("rejects the one task whose thread %s and serves the rest on a new thread", async (_, what) => {
    const imaging = start();
    expect(await imaging.inspect(task(ANSWER))).toMatchObject({ answered: 1 });
    const poison = imaging.inspect(task(what));
    const behind = imaging.inspect(task(ANSWER, 9));
    await expect(poison).rejects.toMatchObject({ code: "IMAGING_FAILED", retryable: true });
    expect(await behind).toMatchObject({ mark: 9, answered: 1 });
  });

  it("replaces a thread that does not answer in time", async () => {
    const imaging = start();
    const stuck = imaging.inspect(task(HANG));
    const behind = imaging.inspect(task(ANSWER, 7));
    clock.advance(60_000);
    await expect(stuck).rejects.toMatchObject({
      code: "IMAGING_FAILED",
      message: "inspect: no answer after 60000 ms",
    });
    expect(await behind).toMatchObject({ mark: 7, answered: 1 });
  });

  it("leaves no timer behind a task that was answered", async () => {
    await start().inspect(task(ANSWER));
    expect(clock.nextDue()).toBeNull();
  });

  it("passes on the thread's own failure and keeps the thread", async () => {
    const imaging = start();
    await imaging.inspect(task(ANSWER));
    await expect(imaging.inspect(task(REFUSE))).rejects.toMatchObject({
      code: "IMAGING_FAILED",
      retryable: false,
    });
    expect(await imaging.inspect(task(ANSWER))).toMatchObject({ answered: 2 });
  });

  it("sends a view's own bytes only and leaves the caller's buffer whole", async () => {
    const large = new Uint8Array(1_000_000);
    const view = large.subarray(500_000, 500_010);
    expect(await start().inspect(view)).toMatchObject({ held: 10 });
    expect(large.byteLength).toBe(1_000_000);
  });

  it("lets other work run while a large file is copied", async () => {
    const imaging = start();
    await imaging.inspect(task(ANSWER));
    let turns = 0;
    const count = () => {
      turns += 1;
      if (!done) setImmediate(count);
    };
    let done = false;
    setImmediate(count);
    const answer = await imaging.inspect(new Uint8Array(20 * 1024 * 1024));
    done = true;
    expect(answer).toMatchObject({ held: 20 * 1024 * 1024 });
    expect(turns).toBeGreaterThan(15);
  });

  it("hands over the bytes of a message, wherever they stand, without looking into them", () => {
    const [photo, vector] = [new Uint8Array(3), new Float32Array(2)];
    expect(buffersOf(photo)).toEqual([photo.buffer]);
    expect(buffersOf({ ok: true, clean: { jpeg: photo }, face: { identity: vector } })).toEqual([
      photo.buffer,
      vector.buffer,
    ]);
    expect(buffersOf({ a: null, b: [1, "two"], c: undefined })).toEqual([]);
  });

  it("rejects what waits and what comes after closing", async () => {
    const imaging = start();
    const running = imaging.inspect(task(HANG));
    const waiting = imaging.inspect(task(ANSWER));
    const closing = imaging.close();
    await expect(running).rejects.toMatchObject({ code: "IMAGING_FAILED" });
    await expect(waiting).rejects.toMatchObject({ code: "IMAGING_FAILED", retryable: true });
    await expect(imaging.inspect(task(ANSWER))).rejects.toMatchObject({ code: "IMAGING_FAILED" });
    await closing;
  });

  it("loads no image code into the process that calls it", () => {
    const root = resolve(import.meta.dirname, "../..");
    const reached = reachedFrom(resolve(root, "src/imaging/index.ts"));
    expect(reached.map((file) => file.replace(`${root}/`, "")).toSorted()).toEqual([
      "node:timers/promises",
      "node:worker_threads",
      "src/imaging/client.ts",
      "src/imaging/index.ts",
      "src/imaging/protocol.ts",
      "src/ports/errors.ts",
    ]);
  });
});

/** Every module that an import of `entry` runs, packages by name. */
function reachedFrom(entry: string): string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!file.endsWith(".ts")) return;
    const { module } = parseSync(file, readFileSync(file, "utf8"));
    const imported = module.staticImports.filter(({ entries }) => entries.some((one) => !one.isType));
    const exported = module.staticExports.flatMap(({ entries }) => entries.filter((one) => !one.isType));
    const names = [
      ...imported.map(({ moduleRequest }) => moduleRequest.value),
      ...exported.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ];
    for (const name of names) visit(name.startsWith(".") ? resolve(dirname(file), name) : name);
    expect(module.dynamicImports).toEqual([]);
  };
  visit(entry);
  return [...seen];
}
