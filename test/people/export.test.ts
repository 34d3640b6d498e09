import { unzipSync, strFromU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { step } from "../../src/jobs/schema.ts";
import {
  askErasure,
  askExport,
  dropOldExports,
  eraseHandler,
  exportHandler,
  exportZip,
  recordConsent,
  type ExportFile,
} from "../../src/people/index.ts";
import { blob } from "../../src/storage/schema.ts";
import { people } from "./people.ts";

const text = (name: string, words: string): ExportFile => ({ name, bytes: new TextEncoder().encode(words) });

describe("an export", () => {
  it("is one zip of what every room holds, ready in the chat that asked", async () => {
    const room = await people();
    const { deps } = room;
    const who = await room.meet("discord", "4711");
    await room.meet("web", "secret-visitor");
    await deps.db.batch(recordConsent(deps, { ...who, faceId: "f1", textVersion: "2026-11" }).statements);
    expect(await askExport(deps, who, room.armStep)).toEqual({ asked: true });
    const [ready] = await deps.db.orm.select().from(step);
    expect(ready).toMatchObject({ subject: "person", kind: "export" });

    const asked: string[] = [];
    const handler = exportHandler(deps, [
      (personId) => {
        asked.push(personId);
        return Promise.resolve([text("photos/a.jpg", "A"), text("photos/A.jpg", "B")]);
      },
      async function* () {
        yield text("../../etc/passwd", "C");
        yield text("orders.json", "[]");
      },
    ]);
    expect(await room.runStep(handler, ready?.subjectId ?? "", "export")).toMatchObject({ kind: "done" });
    expect(asked).toEqual([who.personId]);
    expect(await room.announced()).toEqual(["export_ready discord-chat-4711"]);
    const [stored] = await deps.db.orm.select().from(blob);
    expect(stored).toMatchObject({ kind: "export", refs: 1, personId: who.personId });

    const files = unzipSync(await deps.blobs.read(who.personId, stored?.id ?? ""));
    expect(Object.keys(files).sort()).toEqual(
      ["consents.json", "etc/passwd", "orders.json", "person.json", "photos/A-2.jpg", "photos/a.jpg"].sort(),
    );
    const read = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
    expect([read("photos/a.jpg"), read("photos/A-2.jpg")]).toEqual(["A", "B"]);
    expect(JSON.parse(read("person.json"))).toMatchObject({
      accounts: [{ platform: "discord", account: "4711" }],
      people: [{ since: "2026-11-25T12:00:00.000Z" }],
    });
    expect(JSON.parse(read("consents.json"))).toMatchObject([{ textVersion: "2026-11", withdrawnAt: null }]);
  });

  it("keeps a browser visitor's id to itself", async () => {
    const room = await people();
    const who = await room.meet("web", "secret-visitor");
    await room.runStep(exportHandler(room.deps, []), who.chatId, "export");
    const [stored] = await room.deps.db.orm.select().from(blob);
    const files = unzipSync(await room.deps.blobs.read(who.personId, stored?.id ?? ""));
    for (const bytes of Object.values(files)) expect(strFromU8(bytes)).not.toContain("secret-visitor");
  });

  it("reads a file only when the ones before are stored", async () => {
    const room = await people();
    const who = await room.meet("web", "v");
    let read = 0;
    async function* photos(): AsyncGenerator<ExportFile> {
      for (let at = 0; at < 20; at++) {
        read++;
        yield { name: `${at}.jpg`, bytes: new Uint8Array(100_000) };
      }
    }
    const ahead: number[] = [];
    const put: typeof room.deps.blobs.put = async (personId, kind, body) => {
      if (body instanceof Uint8Array) throw new Error("not a stream");
      let stored = 0;
      const counted = body.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, out) {
            stored += chunk.length;
            ahead.push(read - Math.floor(stored / 100_000));
            out.enqueue(chunk);
          },
        }),
      );
      return room.deps.blobs.put(personId, kind, counted);
    };
    const deps = { ...room.deps, blobs: { ...room.deps.blobs, put } };
    await room.runStep(exportHandler(deps, [photos]), who.chatId, "export");
    expect(read).toBe(20);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(3);
  });

  it("replaces the one before and goes after a day", async () => {
    const room = await people();
    const { deps } = room;
    const who = await room.meet("web", "v");
    const handler = exportHandler(deps, []);
    await room.runStep(handler, who.chatId, "export");
    room.clock.advance(60_000);
    await room.runStep(handler, who.chatId, "export");
    const refs = async (): Promise<number[]> =>
      (await deps.db.orm.select().from(blob)).map((row) => row.refs);
    expect(await refs()).toEqual([0, 1]);
    expect(await dropOldExports(deps)).toEqual([]);
    room.clock.advance(24 * 3_600_000 + 1);
    await deps.db.batch(await dropOldExports(deps));
    expect(await refs()).toEqual([0, 0]);
  });

  it("for an operator holds the same and is stored nowhere", async () => {
    const room = await people();
    const who = await room.meet("telegram", "5");
    const zip = exportZip(room.deps, who.personId, [() => Promise.resolve([text("a.jpg", "A")])]);
    const files = unzipSync(new Uint8Array(await new Response(zip).arrayBuffer()));
    expect(Object.keys(files).sort()).toEqual(["a.jpg", "consents.json", "person.json"]);
    expect(await room.deps.db.orm.select().from(blob)).toEqual([]);
  });

  it("is not made for somebody who is being or was erased", async () => {
    const room = await people();
    const who = await room.meet("web", "v");
    await askErasure(room.deps, who, room.armStep);
    expect(await askExport(room.deps, who, room.armStep)).toEqual({ asked: false });
    const handler = exportHandler(room.deps, []);
    expect(await room.runStep(handler, who.chatId, "export")).toEqual({ kind: "done" });
    await room.runStep(eraseHandler(room.deps, []), who.personId, "erase");
    expect(await room.runStep(handler, who.chatId, "export")).toEqual({ kind: "done" });
    expect(await room.deps.db.orm.select().from(blob)).toEqual([]);
  });
});
