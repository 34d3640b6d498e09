import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context } from "hono";
import { commandChannel } from "../commands/channel.ts";
import { localUrl, type Settings } from "../config.ts";
import { AppError } from "../ports/errors.ts";
import { systemClock, systemIds, systemRandom } from "../runtime.ts";
import { findRunning, takeLock } from "./lock.ts";
import { openProgram, prepareDataDir } from "./program.ts";

/** Together less than the ten seconds that a supervisor is promised. */
const GRACE_MS = 8_000;
const CLOSE_MS = 1_000;

export interface Served {
  readonly address: string;
  /** A one-time sign-in link for the console. */
  consoleLink(): Promise<string>;
  /** Finishes or hands back work, closes everything, gives the lock back. */
  stop(): Promise<void>;
}

function isLoopback(c: Context): boolean {
  const from = getConnInfo(c).remote.address ?? "";
  return from === "::1" || from.replace("::ffff:", "").startsWith("127.");
}

function alreadyRunning(address: string): AppError {
  return new AppError(
    "ALREADY_RUNNING",
    `ProHeadshots runs already on this DATA_DIR, at ${address}. Stop it first, or use that one.`,
  );
}

function whyNotListening({ host, port }: Settings, code: string | undefined): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is used by another program. Set PORT to a free one.`;
    case "EACCES":
      return `This account may not listen on port ${port}. Set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine. Set HOST to one, for instance 127.0.0.1.`;
    default:
      return `Listening on ${host}, port ${port} failed (${code ?? "no code"}). Check HOST and PORT.`;
  }
}

/** Listens before anything is opened: the lock's liveness check needs an answer at the address. */
function listen(settings: Settings, fetch: (request: Request, env: object) => Response | Promise<Response>) {
  return new Promise<{ server: Server; port: number }>((resolve, reject) => {
    const server = serve({ fetch, hostname: settings.host, port: settings.port }, ({ port }) =>
      resolve({ server, port }),
    ) as Server;
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new AppError("BAD_SETTINGS", whyNotListening(settings, error.code), { cause: error }));
    });
  });
}

/** What the address says while work ends. */
function closing(instance: string): Hono {
  const http = new Hono();
  http.get("/healthz", (c) => c.json({ ok: true, instance }));
  http.all("*", (c) => c.text("Stopping. Try again in a moment.\n", 503, { "retry-after": "5" }));
  return http;
}

/** Starts everything that has credentials. Refused while another process serves the same DATA_DIR. */
export async function startServing(settings: Settings): Promise<Served> {
  prepareDataDir(settings.dataDir);
  const running = await findRunning(settings.dataDir);
  if (running !== null) throw alreadyRunning(running.address);

  const instanceId = systemIds.next();
  let http: Hono | null = null;
  const { server, port } = await listen(settings, (request, env) => {
    if (http !== null) return http.fetch(request, env);
    if (new URL(request.url).pathname === "/healthz")
      return Response.json({ ok: true, instance: instanceId });
    return new Response("Starting. Try again in a moment.\n", {
      status: 503,
      headers: { "retry-after": "1" },
    });
  });
  const address = localUrl(settings.host, port);
  const lock = await takeLock({ random: systemRandom }, settings.dataDir, { instance: instanceId, address });
  if (lock.kind === "refused") {
    server.close();
    throw alreadyRunning(lock.by.address);
  }
  const program = await openProgram(settings, { instanceId, address });
  const { app } = program;
  const channel = commandChannel(app, lock.token, isLoopback);
  app.http.route("/", channel.http);
  await app.start();
  http = app.http;

  return {
    address: settings.siteUrl ?? address,
    consoleLink: async () => (await app.admins.signInLink("owner")).url,
    async stop() {
      // It answers /healthz to the end: a second start must find the lock alive until nothing is written any more.
      http = closing(instanceId);
      channel.close();
      await app.stop(GRACE_MS);
      // Open event streams would go on reading for ever; what is answered by now has a moment to leave.
      await new Promise<void>((resolve) => systemClock.after(CLOSE_MS, resolve));
      server.closeAllConnections();
      await program.close();
      lock.release();
      server.close();
      server.closeAllConnections();
    },
  };
}
