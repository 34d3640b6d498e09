import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { eraseTranscript } from "../../../bots/web/index.ts";
import { identity, chat, person } from "../../../src/people/schema.ts";
import { write } from "../../../src/db/index.ts";
import { fakeClock } from "../../kit/time.ts";
import { webKit, type WebKit } from "./kit.ts";
import * as views from "./views.ts";
import { newVisitor, ORIGIN } from "./visitor.ts";

const Message = z.object({ id: z.string(), seq: z.number(), author: z.string(), at: z.number() });

interface Listening {
  readonly seen: { event: string; id: string | null; data: string }[];
  readonly messages: () => string[];
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

async function listen(
  kit: WebKit,
  cookie: string,
  after: { query?: number; header?: number } = {},
): Promise<Listening> {
  const response = await kit.app.request(`${ORIGIN}/chat/stream?after=${after.query ?? 0}`, {
    headers: { cookie, ...(after.header === undefined ? {} : { "last-event-id": String(after.header) }) },
  });
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error("no stream");
  const seen: Listening["seen"] = [];
  const decoder = new TextDecoder();
  let rest = "";
  let wake = (): void => undefined;
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (name: string): string | null =>
          new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? null;
        seen.push({ event: field("event") ?? "comment", id: field("id"), data: field("data") ?? block });
      }
      wake();
    }
  })();
  const close = (): Promise<void> => reader.cancel();
  onTestFinished(close);
  return {
    seen,
    messages: () =>
      seen.flatMap(({ event, data }) => (event === "message" ? [Message.parse(JSON.parse(data)).id] : [])),
    async until(count) {
      while (seen.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
    close,
  };
}

describe("the stream", () => {
  it("sends what there is, says so, then sends what comes, numbered", async () => {
    const kit = await webKit({ clock: fakeClock() });
    const { id, cookie } = await newVisitor(kit);
    await kit.show(id, "d1", views.welcome);
    const stream = await listen(kit, cookie);
    await stream.until(2);
    expect(stream.seen.map(({ event }) => event)).toEqual(["message", "ready"]);
    await kit.show(id, "d2", views.consent);
    await stream.until(3);
    expect(stream.messages()).toEqual(["d1", "d2"]);
    expect(stream.seen[2]?.id).toMatch(/^\d+$/);
  });

  it.each(["query", "header"] as const)(
    "goes on behind the last number that the page names by %s",
    async (by) => {
      const kit = await webKit({ clock: fakeClock() });
      const { id, cookie } = await newVisitor(kit);
      await kit.show(id, "d1", views.welcome);
      const first = await listen(kit, cookie);
      await first.until(2);
      await first.close();
      await kit.show(id, "d2", views.consent);
      await kit.show(id, "d1", views.askPhotos);
      const last = Number(first.seen[0]?.id);
      const second = await listen(kit, cookie, by === "query" ? { query: last } : { header: last });
      await second.until(3);
      expect(second.messages()).toEqual(["d2", "d1"]);
    },
  );

  it("tells a visitor nothing of another", async () => {
    const kit = await webKit({ clock: fakeClock() });
    const [a, b] = [await newVisitor(kit), await newVisitor(kit)];
    await kit.show(a.id, "d1", views.welcome);
    const stream = await listen(kit, b.cookie);
    await stream.until(1);
    await kit.show(a.id, "d2", views.welcome);
    await kit.show(b.id, "d3", views.welcome);
    await stream.until(2);
    expect(stream.messages()).toEqual(["d3"]);
  });

  it("finds within a second what another process wrote", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    const { id, cookie } = await newVisitor(kit);
    const stream = await listen(kit, cookie);
    await stream.until(1);
    const other = await webKit({ clock });
    await other.show(id, "d1", views.welcome);
    const [row] = await other.db.query("SELECT * FROM web_message");
    await kit.db.batch([
      {
        sql: "INSERT INTO web_message (id, address, seq, author, view, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        args: ["id", "address", "seq", "author", "view", "created_at", "changed_at"].map(
          (name) => row?.[name] ?? null,
        ),
      },
    ]);
    await new Promise((soon) => setTimeout(soon, 20));
    expect(stream.messages()).toEqual([]);
    clock.advance(1000);
    await stream.until(3);
    expect(stream.messages()).toEqual(["d1"]);
  });

  it("gives a sign of life, and ends after five minutes so that the page opens the next", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    const { cookie } = await newVisitor(kit);
    const stream = await listen(kit, cookie);
    await stream.until(1);
    for (let second = 0; second < 305; second++) {
      clock.advance(1000);
      await new Promise((soon) => setTimeout(soon, 1));
    }
    const beats = stream.seen.filter(({ event }) => event === "comment").length;
    expect(beats).toBeGreaterThanOrEqual(15);
    expect(clock.nextDue()).toBeNull();
  });

  it("lets go of everything when the page leaves", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    const { cookie } = await newVisitor(kit);
    const stream = await listen(kit, cookie);
    await stream.until(1);
    await new Promise((soon) => setTimeout(soon, 20));
    expect(clock.nextDue()).not.toBeNull();
    await stream.close();
    await new Promise((soon) => setTimeout(soon, 20));
    expect(clock.nextDue()).toBeNull();
  });
});

describe("erasing", () => {
  it("takes a person's transcripts with it, those of accounts linked into them included, and nobody else's", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    const { orm } = kit.db;
    const at = clock.now();
    const make = (personId: string, address: string, mergedInto: string | null) => [
      write(orm.insert(person).values({ id: personId, language: "en", createdAt: at, mergedInto })),
      write(
        orm
          .insert(identity)
          .values({ id: `i${personId}`, personId, platform: "web", externalId: address, createdAt: at }),
      ),
      write(
        orm.insert(chat).values({ id: `c${personId}`, personId, platform: "web", address, createdAt: at }),
      ),
    ];
    await kit.db.batch([...make("P1", "A", null), ...make("P2", "B", "P1"), ...make("P3", "C", null)]);
    for (const address of ["A", "B", "C"]) await kit.show(address, `d${address}`, views.welcome);
    const { counts, statements, done } = await eraseTranscript(kit)("P1");
    expect({ counts, done }).toEqual({ counts: { messages: 2 }, done: true });
    await kit.db.batch([...statements]);
    expect(await kit.db.query("SELECT address FROM web_message")).toEqual([{ address: "C" }]);
  });
});
