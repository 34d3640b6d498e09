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
    const input = owned(job.input);
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

/** A view into a larger buffer would send all of it; the copy holds just its own bytes. */
function owned(input: unknown): unknown {
  if (input instanceof Uint8Array) return new Uint8Array(input);
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([key, value]: [string, unknown]) => [key, owned(value)]),
  );
}
