import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, linkSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { findRunning, takeLock, type LockFile } from "../../src/node/lock.ts";
import { standIn } from "../../src/node/stand-in.ts";
import { temporaryFolder } from "../kit/database.ts";
import { countingIds, seededRandom } from "../kit/time.ts";

const ids = countingIds("01LOCK");
const random = seededRandom(9);
const Report = z.object({ kind: z.string(), instance: z.string(), running: z.string().nullable() });

/** A process that answers, in this process. */
async function starter() {
  const instance = ids.next();
  const { address, close } = await standIn(instance);
  onTestFinished(close);
  return { instance, address, close };
}

async function take(folder: string, me: { instance: string; address: string }) {
  const result = await takeLock({ random }, folder, me);
  onTestFinished(() => {
    if (result.kind === "held") result.release();
  });
  return result;
}

async function start(folder: string) {
  const me = await starter();
  return { me, result: await take(folder, me) };
}

/** What a process leaves behind that was killed: nobody answers at its address. */
function deadLock(instance: string, more: Partial<LockFile> = {}): string {
  return JSON.stringify({ instance, address: "http://127.0.0.1:9", token: "t", pid: 2 ** 22 + 1, ...more });
}

async function addressOf(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
  });
  await once(server, "listening");
  const at = server.address();
  return `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}`;
}

const inFolder = (folder: string): string[] => readdirSync(folder).sort();
const holderOf = (folder: string): unknown => JSON.parse(readFileSync(join(folder, "lock"), "utf8"));

function startChild(folder: string): ChildProcess {
  const script = fileURLToPath(new URL("lock.child.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function reportOf(child: ChildProcess): Promise<z.infer<typeof Report>> {
  if (child.stdout === null) throw new Error("the child has no output");
  for await (const line of createInterface(child.stdout)) return Report.parse(JSON.parse(line));
  throw new Error("the child said nothing");
}

describe("the lock of DATA_DIR", () => {
  it("is held by one process, with its address and a token that only its user can read", async () => {
    const folder = temporaryFolder();
    const { me, result } = await start(folder);
    expect(result).toMatchObject({ kind: "held", token: expect.stringMatching(/^[\w-]{43}$/) });
    expect(holderOf(folder)).toEqual({
      instance: me.instance,
      address: me.address,
      pid: process.pid,
      token: result.kind === "held" ? result.token : "",
    });
    expect(statSync(join(folder, "lock")).mode & 0o777).toBe(0o600);
    expect(inFolder(folder)).toEqual(["lock"]);
  });

  it("refuses a second start with the address of the first", async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    const second = await start(folder);
    expect(second.result).toMatchObject({ kind: "refused", by: { address: first.me.address } });
    expect(await findRunning(folder)).toMatchObject({ instance: first.me.instance });
    expect(inFolder(folder)).toEqual(["lock"]);
  });

  it("is gone after release, and a release that comes late leaves the next holder alone", async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    if (first.result.kind !== "held") throw new Error("not held");
    first.result.release();
    expect(existsSync(join(folder, "lock"))).toBe(false);
    expect(await findRunning(folder)).toBeNull();
    const second = await start(folder);
    first.result.release();
    expect(holderOf(folder)).toMatchObject({ instance: second.me.instance });
  });

  it("is taken over when its address answers nothing, somebody else, or no health at all", async () => {
    const other = await starter();
    const silly = await addressOf(createServer((socket) => socket.end("hello\r\n")));
    for (const address of ["http://127.0.0.1:9", other.address, silly]) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, "lock"), deadLock("OLD", { address, pid: process.pid }));
      expect(await findRunning(folder)).toBeNull();
      const { me, result } = await start(folder);
      expect(result.kind).toBe("held");
      expect(holderOf(folder)).toMatchObject({ instance: me.instance });
      expect(inFolder(folder)).toEqual(["lock"]);
    }
  });

  it("is left with a process that lives and is only too busy to answer", { timeout: 30_000 }, async () => {
    const address = await addressOf(createServer(() => undefined));
    const folder = temporaryFolder();
    writeFileSync(join(folder, "lock"), deadLock("BUSY", { address, pid: process.pid }));
    expect((await start(folder)).result.kind).toBe("refused");
    writeFileSync(join(folder, "lock"), deadLock("BUSY", { address }));
    expect((await start(folder)).result.kind).toBe("held");
  });

  it("is taken over when the file cannot be read as a lock", async () => {
    for (const text of ["", "{", '{"instance":"../../x"}', "null"]) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, "lock"), text);
      expect((await start(folder)).result.kind).toBe("held");
      expect(inFolder(folder)).toEqual(["lock"]);
    }
  });

  it("goes to exactly one of many who find it stale at the same time", { timeout: 60_000 }, async () => {
    for (let round = 0; round < 30; round++) {
      const folder = temporaryFolder();
      if (round % 3 > 0) writeFileSync(join(folder, "lock"), round % 3 === 1 ? deadLock("OLD") : "");
      const starters = await Promise.all([1, 2, 3, 4, 5].map(starter));
      const results = await Promise.all(starters.map((me) => take(folder, me)));
      const held = starters.filter((_, at) => results[at]?.kind === "held");
      expect(held).toHaveLength(1);
      expect(holderOf(folder)).toMatchObject({ instance: held[0]?.instance });
      expect(inFolder(folder)).toEqual(["lock"]);
      for (const { close } of starters) close();
      for (const result of results) if (result.kind === "held") result.release();
    }
  });

  it("survives a starter that was killed in the middle of taking over", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "lock"), deadLock("OLD"));
    writeFileSync(join(folder, "lock.KILLED.new"), deadLock("KILLED"));
    linkSync(join(folder, "lock.KILLED.new"), join(folder, "lock.OLD.next"));
    const { me, result } = await start(folder);
    expect(result.kind).toBe("held");
    expect(holderOf(folder)).toMatchObject({ instance: me.instance });
    expect(inFolder(folder)).toEqual(["lock", "lock.KILLED.new"]);
  });

  it("yields to a starter that is taking over just now", async () => {
    const folder = temporaryFolder();
    const ahead = await starter();
    writeFileSync(join(folder, "lock"), deadLock("OLD"));
    writeFileSync(join(folder, "lock.OLD.next"), JSON.stringify({ ...ahead, token: "t", pid: process.pid }));
    expect((await start(folder)).result).toMatchObject({ kind: "refused", by: { instance: ahead.instance } });
  });

  it("leaves a lock alone that was taken over by another while the old holder was asked", async () => {
    const folder = temporaryFolder();
    const faster = await starter();
    const address = await addressOf(
      createHttpServer((_, response) => {
        const { instance, address } = faster;
        writeFileSync(
          join(folder, "lock"),
          JSON.stringify({ instance, address, token: "t", pid: process.pid }),
        );
        response.end("{}");
      }),
    );
    writeFileSync(join(folder, "lock"), deadLock("OLD", { address }));
    const { result } = await start(folder);
    expect(result).toMatchObject({ kind: "refused", by: { instance: faster.instance } });
    expect(inFolder(folder)).toEqual(["lock"]);
  });

  it(
    "passes on after kill -9, and goes away when a process ends by itself",
    { timeout: 60_000 },
    async () => {
      const folder = temporaryFolder();
      const first = startChild(folder);
      expect(await reportOf(first)).toMatchObject({ kind: "held" });
      const second = await reportOf(startChild(folder));
      expect(second.kind).toBe("refused");
      first.kill("SIGKILL");
      await once(first, "exit");
      expect(existsSync(join(folder, "lock"))).toBe(true);
      const third = startChild(folder);
      const report = await reportOf(third);
      expect(report).toEqual({ kind: "held", instance: report.instance, running: report.instance });
      third.stdin?.end();
      await once(third, "exit");
      expect(inFolder(folder)).toEqual([]);
    },
  );
});
