// Builds dist/: the Node entries with packages left outside, and the browser client in one file of each kind.
// `--if-newer` does nothing when no source is newer than the last build.
import { readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
/** Touched at the end of every build: its time is the time of what dist holds. */
const stamp = join(dist, ".built");

const ENTRIES = { main: "src/main.ts", cli: "src/cli.ts", "imaging-worker": "src/imaging/worker.ts" };
const BROWSER = { app: "bots/web/client/main.ts" };
const STYLES = { app: "bots/web/client/app.css" };
const SOURCES = [
  "src",
  "bots",
  "admin",
  "scripts/build.mjs",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** The newest change below a path; a folder's own time tells of removed files. */
function newestChange(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestChange(join(path, name))),
    found.mtimeMs,
  );
}

function isBuilt() {
  const built = statSync(stamp, { throwIfNoEntry: false });
  return built !== undefined && SOURCES.every((source) => newestChange(join(root, source)) <= built.mtimeMs);
}

async function bundle(entryPoints, options) {
  await build({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    format: "esm",
    sourcemap: true,
    logLevel: "error",
    ...options,
  });
}

const started = new Date();
if (process.argv.includes("--if-newer") && isBuilt()) {
  console.log("dist is up to date");
} else {
  await Promise.all([
    // One file each and no chunks: what lies beside dist is found from import.meta.url.
    bundle(ENTRIES, { outdir: dist, platform: "node", target: "node20", packages: "external" }),
    bundle(BROWSER, { outdir: join(dist, "web"), platform: "browser", target: "es2022", minify: true }),
    bundle(STYLES, {
      outdir: join(dist, "web"),
      target: ["chrome123", "firefox120", "safari17.5"],
      minify: true,
    }),
  ]);
  writeFileSync(stamp, "");
  // A source saved while we built counts as newer.
  utimesSync(stamp, started, started);
  console.log(`built dist in ${Date.now() - started.getTime()} ms`);
}
