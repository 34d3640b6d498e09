import { AppError } from "../src/ports/errors.ts";
import type { WorkerEnv } from "../src/workerd/bindings.ts";
import { openProgram } from "../src/workerd/program.ts";

interface Context {
  /** Keeps the invocation alive after its answer. */
  waitUntil(work: Promise<unknown>): void;
}

/**
 * The Cloudflare entry: the portable program on a libSQL server and an R2 bucket. It answers every route, takes
 * webhooks, and runs what needs no pictures worked on; a Node process on the same database does the rest.
 */
export default {
  async fetch(request: Request, env: WorkerEnv, context: Context): Promise<Response> {
    const opened = await openProgram(env);
    if (!opened.ok) return notSetUp(request, opened.problems);
    const { http, runner, deps } = opened.app;
    const response = await http.fetch(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      // What the request made due is done now; what is lost here is found by the next minute's sweep.
      context.waitUntil(
        runner.runDue().catch((error: unknown) => deps.log.error("worker.run_failed", error)),
      );
    }
    return response;
  },

  /** Every minute: finds what was left behind and does what is due. */
  async scheduled(_event: unknown, env: WorkerEnv): Promise<void> {
    const opened = await openProgram(env);
    if (!opened.ok) throw new AppError("BAD_SETTINGS", opened.problems.join(" "));
    await opened.app.sweep();
    await opened.app.runner.runDue();
  },
};

function notSetUp(request: Request, problems: readonly string[]): Response {
  switch (new URL(request.url).pathname) {
    case "/healthz":
      return Response.json({ ok: true, instance: "worker" });
    case "/readyz":
      return Response.json({ ok: false, problems: { settings: problems.join(" ") } }, { status: 503 });
    default:
      return new Response("This program is not set up yet: /readyz says what is missing.\n", { status: 503 });
  }
}
