import { describe, expect, it } from "vitest";
import { createNoopProvider } from "../../src/providers/noop/index.ts";
import { drawnJpeg } from "../pictures/pictures.ts";
import { house } from "./kit.ts";

describe("Go", () => {
  it("does not start on an older quote, though a newer one stands", async () => {
    const h = await house();
    const who = await h.meet();
    const older = await h.quoted(who);
    await h.app.people.setCount(who, older.id, 8);
    const newer = await h.app.people.quote(who, older.id);
    if (newer.kind !== "quoted") throw new Error(newer.kind);
    expect(await h.app.people.go(who, older.quote?.id ?? "")).toEqual({
      kind: "changed_since",
      orderId: older.id,
    });
    expect(await h.app.people.go(who, newer.order.quote?.id ?? "")).toMatchObject({ kind: "started" });
  });

  it("gives the last place of the day to one of two orders that start at once", async () => {
    const output = await drawnJpeg();
    const maker = createNoopProvider({ products: ["best"], output, name: "replicate" });
    const h = await house({ providers: [maker], policy: { defaultProduct: "best", ordersPerPersonDay: 1 } });
    // Somebody who prepared an order in each of two chats and then linked them.
    const [here, there] = [await h.meet("here"), await h.meet("there", "telegram")];
    const quotes = [await h.quoted(here, { photos: 8 }), await h.quoted(there, { photos: 8 })];
    const { code } = await h.app.people.linkCode(here);
    const linked = await h.app.people.redeemLink(there, code);
    if (linked.kind !== "linked") throw new Error(linked.kind);
    const who = { ...here, personId: linked.personId };
    const answers = await Promise.all(quotes.map(({ quote }) => h.app.people.go(who, quote?.id ?? "")));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["quota", "started"]);
  });
});
