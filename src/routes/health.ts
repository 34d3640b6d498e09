import { Hono } from "hono";
import { readiness, readMetrics, renderMetrics } from "../operations/index.ts";
import type { Deps } from "../ports/deps.ts";

export interface HealthParts {
  readonly deps: Pick<Deps, "db" | "blobs" | "clock" | "log">;
  /** Names this process to the lock's liveness check. */
  readonly instanceId: string;
  /** Null when the waker has looked for work lately; otherwise why not. */
  readonly wakerProblem: () => string | null;
  readonly metricsToken: string | null;
  /** Whether the request carries a signed-in console session. */
  readonly isSignedIn: (request: Request) => Promise<boolean>;
}

/** Constant-time comparison by comparing digests of equal length. */
async function sameToken(a: string, b: string): Promise<boolean> {
  const digest = async (text: string): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [left, right] = await Promise.all([digest(a), digest(b)]);
  return left.reduce((difference, byte, at) => difference | (byte ^ (right[at] ?? 0)), 0) === 0;
}

/** `/healthz` says alive, `/readyz` says able to work and why not, `/metrics` speaks Prometheus. */
export function healthRoutes(parts: HealthParts): Hono {
  const { deps } = parts;
  const app = new Hono();

  app.get("/healthz", (c) => c.json({ ok: true, instance: parts.instanceId }));

  app.get("/readyz", async (c) => {
    const { ready, problems } = await readiness(deps, {
      database: () => deps.db.ping(),
      storage: () => deps.blobs.health(),
      waker: () => Promise.resolve(parts.wakerProblem() ?? undefined),
    });
    return c.json({ ok: ready, problems }, ready ? 200 : 503);
  });

  app.get("/metrics", async (c) => {
    const bearer = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    const byToken =
      bearer !== undefined && parts.metricsToken !== null && (await sameToken(bearer, parts.metricsToken));
    if (!byToken && !(await parts.isSignedIn(c.req.raw))) {
      return c.text("Metrics need METRICS_TOKEN as a bearer token, or a signed-in console session.\n", 401);
    }
    c.header("content-type", "text/plain; version=0.0.4; charset=utf-8");
    return c.body(renderMetrics(await readMetrics(deps)));
  });

  return app;
}
