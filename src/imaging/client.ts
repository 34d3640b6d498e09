import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { AppError } from "../ports/errors.ts";
import type { Imaging, ImagingPriority } from "../ports/imaging.ts";
import type { Clock } from "../ports/runtime.ts";
import { buffersOf, type TaskName, type TaskReply, type Tasks } from "./protocol.ts";

export interface ImagingOptions {
  readonly clock: Clock;
  /** After this long a task counts as poison and its thread is replaced. Default: one minute. */
  readonly taskTimeoutMs?: number;
  /** The thread's script; tests give their own. */
  readonly script?: URL;
}

interface Job {
  readonly id: number;
  readonly name: TaskName;
  readonly input: unknown;
  resolve(output: unknown): void;
  reject(error: AppError): void;
}

const TASK_TIMEOUT_MS = 60_000;
const COPIED_AT_ONCE = 1024 * 1024;

/**
 * Starts the one imaging thread on first use. Bytes given are copied when their turn comes: leave them unchanged
 * until the promise settles. A task that kills its thread, or outlasts the timeout, fails with `IMAGING_FAILED`; the
 * tasks behind it run on a new thread.
 */
export function createImaging(options: ImagingOptions): Imaging {
  const thread = new ImagingThread(options);
  return {
    status: () => thread.run("status", null, "verdict"),
    inspect: (bytes, priority = "verdict") => thread.run("inspect", bytes, priority),
    planStudio: (source) => thread.run("planStudio", source, "render"),
    renderStudio: (request) => thread.run("renderStudio", request, "render"),
    crop: (jpeg, kind) => thread.run("crop", { jpeg, kind }, "render"),
    thumbnail: (jpeg, side) => thread.run("thumbnail", { jpeg, side }, "verdict"),
    trainingCrop: (jpeg) => thread.run("trainingCrop", jpeg, "render"),
    close: () => thread.close(),
  };
}

class ImagingThread {
  readonly #options: ImagingOptions;
  readonly #queues: Record<ImagingPriority, Job[]> = { verdict: [], render: [] };
  #worker: Worker | null = null;
  #running: { readonly job: Job; readonly stopTimer: () => void } | null = null;
  #lastId = 0;
  #closed = false;

  constructor(options: ImagingOptions) {
    this.#options = options;
  }

  run<K extends TaskName>(name: K, input: Tasks[K]["input"], priority: ImagingPriority) {
    return new Promise<Tasks[K]["output"]>((resolve, reject) => {
      if (this.#closed) return reject(closed(name));
      this.#lastId += 1;
      // The thread is the other half of this file, so its answer has the type that the task declares.
      const settle = (output: unknown) => resolve(output as Tasks[K]["output"]);
      this.#queues[priority].push({ id: this.#lastId, name, input, resolve: settle, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const waiting = [...this.#queues.verdict.splice(0), ...this.#queues.render.splice(0)];
    for (const job of waiting) job.reject(closed(job.name));
    await this.#replace("imaging is closed");
  }

  #next(): void {
    if (this.#running) return;
    const job = this.#queues.verdict.shift() ?? this.#queues.render.shift();
    if (!job) return;
    const worker = (this.#worker ??= this.#start());
    const timeout = this.#options.taskTimeoutMs ?? TASK_TIMEOUT_MS;
    const stopTimer = this.#options.clock.after(
      timeout,
      () => void this.#replace(`no answer after ${timeout} ms`),
    );
    this.#running = { job, stopTimer };
    // Only work keeps the process alive; an idle thread does not.
    worker.ref();
    void this.#send(worker, job);
  }

  async #send(worker: Worker, job: Job): Promise<void> {
    const input = await copied(job.input);
    if (this.#running?.job !== job) return;
    worker.postMessage({ id: job.id, name: job.name, input }, buffersOf(input));
  }

  #start(): Worker {
    const worker = new Worker(this.#options.script ?? defaultScript());
    worker.on("message", (reply: TaskReply) => this.#settle(worker, reply));
    worker.on("error", (error) => void (worker === this.#worker && this.#replace(error.message)));
    worker.on(
      "exit",
      (code) => void (worker === this.#worker && this.#replace(`the thread ended with ${code}`)),
    );
    return worker;
  }

  #settle(worker: Worker, reply: TaskReply): void {
    if (worker !== this.#worker || this.#running?.job.id !== reply.id) return;
    const { job, stopTimer } = this.#running;
    this.#running = null;
    stopTimer();
    worker.unref();
    if (reply.ok) job.resolve(reply.output);
    else job.reject(new AppError(reply.code, reply.message, { retryable: reply.retryable }));
    this.#next();
  }

  /** Drops the thread with the task that it was running; the next task starts a new one. */
  async #replace(reason: string): Promise<void> {
    const [worker, running] = [this.#worker, this.#running];
    this.#worker = null;
    this.#running = null;
    running?.stopTimer();
    running?.job.reject(
      new AppError("IMAGING_FAILED", `${running.job.name}: ${reason}`, { retryable: true }),
    );
    this.#next();
    await worker?.terminate();
  }
}

/** Whoever owns the task does it again after the restart. */
function closed(name: TaskName): AppError {
  return new AppError("IMAGING_FAILED", `${name}: imaging is closed`, { retryable: true });
}

/** Sources start through a loader, the bundle directly; both lie beside this module. */
function defaultScript(): URL {
  const bundled = !import.meta.url.endsWith(".ts");
  return new URL(bundled ? "./imaging-worker.js" : "./boot.mjs", import.meta.url);
}

/** The caller keeps its bytes, and a large file is copied in pieces, between which the event loop runs. */
async function copied(input: unknown): Promise<unknown> {
  if (input instanceof Uint8Array) {
    const copy = new Uint8Array(input.length);
    for (let at = 0; at < input.length; at += COPIED_AT_ONCE) {
      if (at > 0) await setImmediate();
      copy.set(input.subarray(at, at + COPIED_AT_ONCE), at);
    }
    return copy;
  }
  if (typeof input !== "object" || input === null) return input;
  const entries = Object.entries(input).map(async ([key, value]: [string, unknown]) => [
    key,
    await copied(value),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}
