import { describe, expect, it } from "vitest";
import { fakeClock } from "../../kit/time.ts";
import { webKit } from "./kit.ts";
import * as views from "./views.ts";
import { newVisitor, transcriptRows, uuid, words } from "./visitor.ts";

describe("the sender", () => {
  it("writes a message once and changes it in place", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    await kit.show("A", "d1", views.status(0, 8));
    await kit.show("A", "d2", views.welcome);
    clock.advance(1000);
    await kit.show("A", "d1", views.status(1, 8));
    await kit.show("A", "d1", views.status(1, 8));
    const [second, first, ...more] = await transcriptRows(kit, "A");
    expect(more).toEqual([]);
    expect([second?.["id"], first?.["id"]]).toEqual(["d2", "d1"]);
    expect(Number(first?.["created_at"])).toBeLessThan(Number(second?.["created_at"]));
    expect(JSON.parse(String(first?.["view"]))).toEqual(views.status(1, 8));
  });

  it("numbers changes strictly upwards within an address, also when many are sent at once", async () => {
    const kit = await webKit({ clock: fakeClock() });
    await Promise.all(Array.from({ length: 25 }, (_, n) => kit.show("A", `d${n}`, views.status(n % 8, 8))));
    const seqs = (await transcriptRows(kit, "A")).map((row) => Number(row["seq"]));
    expect(new Set(seqs).size).toBe(25);
    const times = (await transcriptRows(kit, "A")).map((row) => Number(row["created_at"]));
    expect(new Set(times).size).toBe(25);
  });

  it("goes on counting after the transcript was erased, so that a page that was away still hears the receipt", async () => {
    const clock = fakeClock();
    const kit = await webKit({ clock });
    await kit.show("A", "d1", views.welcome);
    const before = Number((await transcriptRows(kit, "A"))[0]?.["seq"]);
    await kit.db.batch([{ sql: "DELETE FROM web_message", args: [] }]);
    clock.advance(10);
    await kit.show("A", "d2", views.welcome);
    expect(Number((await transcriptRows(kit, "A"))[0]?.["seq"])).toBeGreaterThan(before);
  });

  it("moves the sheet of photos below the photos that it answers, and leaves every other message in its place", async () => {
    const kit = await webKit({ clock: fakeClock() });
    const visitor = await newVisitor(kit);
    await kit.show(visitor.id, "sheet", views.askPhotos, "selfies");
    await kit.show(visitor.id, "status", views.status(0, 8), "status");
    await visitor.post(words(1, "hello"));
    await kit.show(visitor.id, "status", views.status(1, 8), "status");
    await kit.show(visitor.id, "sheet", views.fullSheet, "selfies");
    const order = await kit.db.query("SELECT id FROM web_message ORDER BY created_at");
    expect(order.map(({ id }) => id)).toEqual(["status", uuid(1), "sheet"]);
  });

  it("takes away what is left of a message that went on further down", async () => {
    const kit = await webKit();
    await kit.show("A", "d1", views.welcome, "welcome");
    await kit.show("A", "d1", views.view([views.text("Continued further down.")]), "moved");
    const [row] = await transcriptRows(kit, "A");
    expect(JSON.parse(String(row?.["view"]))).toEqual({ blocks: [], buttons: [] });
  });

  it("shows a place to drop photos where photos are asked for in words", async () => {
    const kit = await webKit();
    await kit.show("A", "d1", views.askPhotos, "selfies");
    await kit.show("A", "d2", views.welcome, "welcome");
    const kinds = (await transcriptRows(kit, "A")).map((row) =>
      JSON.parse(String(row["view"])).blocks.map(({ kind }: { kind: string }) => kind),
    );
    expect(kinds).toEqual([
      ["text", "selfies"],
      ["text", "facts"],
    ]);
  });
});
