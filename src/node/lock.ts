/**
 * DATA_DIR/lock says which process writes the database of this folder and where it answers. It is alive while its
 * address answers /healthz with its instance id; so listen first and take the lock then.
 *
 * The file is complete when it appears (written beside and linked, which fails where it exists). A stale lock of
 * instance X is replaced by way of `lock.X.next`: only one process can create that name, and only it, or whoever finds
 * its creator dead, moves it over the lock. So of any number of starters one gets the lock, also when some are killed.
 */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../ports/errors.ts";
import type { Random } from "../ports/runtime.ts";
import { toBase64Url } from "../storage/index.ts";

const LockFile = z.object({
  instance: z.string().regex(/^\w+$/),
  address: z.url(),
  /** Opens the command channel to whoever can read the file. */
  token: z.string(),
  pid: z.number().int().positive(),
});
export type LockFile = z.infer<typeof LockFile>;

export type LockResult =
  | { readonly kind: "held"; readonly token: string; release(): void }
  | { readonly kind: "refused"; readonly by: LockFile };

const ROUNDS = 50;
const ANSWER_MS = 2_000;
const ANSWER_TRIES = 2;
const UNREADABLE = "unreadable";

const Alive = z.object({ instance: z.string() });

function parseLock(text: string): LockFile | typeof UNREADABLE {
  try {
    return LockFile.parse(JSON.parse(text));
  } catch {
    return UNREADABLE;
  }
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

async function read(path: string): Promise<LockFile | typeof UNREADABLE | null> {
  try {
    return parseLock(await readFile(path, "utf8"));
  } catch (error) {
    if (isCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}

/** The process that holds the lock of this folder and is alive, or null. */
export async function findRunning(dataDir: string): Promise<LockFile | null> {
  const found = await read(join(dataDir, "lock"));
  return found !== null && found !== UNREADABLE && (await isAlive(found)) ? found : null;
}

/** @param me this process, already answering at `address` with `instance` */
export async function takeLock(
  deps: { readonly random: Random },
  dataDir: string,
  me: { readonly instance: string; readonly address: string },
): Promise<LockResult> {
  const path = join(dataDir, "lock");
  const token = toBase64Url(deps.random.bytes(32));
  const written = join(dataDir, `lock.${me.instance}.new`);
  await writeFile(written, JSON.stringify({ ...me, token, pid: process.pid }), { mode: 0o600, flag: "wx" });
  try {
    const by = await compete(path, written, me.instance);
    return by === null
      ? { kind: "held", token, release: releaser(path, me.instance) }
      : { kind: "refused", by };
  } finally {
    await rm(written, { force: true });
  }
}

/** Tries until the lock is ours (null) or somebody alive has it. */
async function compete(path: string, written: string, instance: string): Promise<LockFile | null> {
  for (let round = 0; round < ROUNDS; round++) {
    if (await linked(written, path)) return null;
    const holder = await read(path);
    if (holder === null) continue;
    if (nameOf(holder) === instance) return null;
    if (holder !== UNREADABLE && (await isAlive(holder))) return holder;
    const ahead = await replaceStale(path, written, nameOf(holder));
    if (ahead !== null) return ahead;
  }
  throw new AppError("CONFLICT", `the lock in DATA_DIR changes hands all the time: ${path}`, {
    retryable: true,
  });
}

/** One step towards replacing a stale lock; returns whoever is alive and ahead of us. */
async function replaceStale(path: string, written: string, stale: string): Promise<LockFile | null> {
  const next = `${path}.${stale}.next`;
  const isOurs = await linked(written, next);
  if (!isOurs) {
    const successor = await read(next);
    if (successor !== null && successor !== UNREADABLE && (await isAlive(successor))) return successor;
  }
  // The lock may have been replaced since it was found stale: then this claim came too late.
  const holder = await read(path);
  if (holder !== null && nameOf(holder) === stale) await moved(next, path);
  else if (isOurs) await rm(next, { force: true });
  return null;
}

const nameOf = (lock: LockFile | typeof UNREADABLE): string =>
  lock === UNREADABLE ? UNREADABLE : lock.instance;

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Moves the file if nobody did so before. */
async function moved(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
}

/** Asks the address. One that takes the connection and stays silent is given the benefit of the doubt if its process lives. */
async function isAlive(lock: LockFile): Promise<boolean> {
  for (let tried = 0; tried < ANSWER_TRIES; tried++) {
    try {
      const answer = await fetch(`${lock.address}/healthz`, {
        signal: AbortSignal.timeout(ANSWER_MS),
        redirect: "error",
      });
      return Alive.safeParse(await answer.json()).data?.instance === lock.instance;
    } catch (error) {
      const isSilent = error instanceof Error && error.name === "TimeoutError";
      if (!isSilent) return false;
    }
  }
  return isRunning(lock.pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

/** Removes the lock if it is still ours; also when the process ends by itself. */
function releaser(path: string, instance: string): () => void {
  function release(): void {
    process.off("exit", release);
    try {
      if (nameOf(parseLock(readFileSync(path, "utf8"))) === instance) rmSync(path);
    } catch (error) {
      if (!isCode(error, "ENOENT")) throw error;
    }
  }
  process.on("exit", release);
  return release;
}
