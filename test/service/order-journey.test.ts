import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createNoopProvider } from "../../src/providers/noop/index.ts";
import { attempt, delivery, step } from "../../src/jobs/schema.ts";
import { orders } from "../../src/orders/schema.ts";
import type { OrderDetails, Who } from "../../src/ports/for-people.ts";
import { drawnJpeg } from "../pictures/pictures.ts";
import { house, type House } from "./kit.ts";

async function delivered(h: House, who: Who, order: OrderDetails): Promise<OrderDetails> {
  await h.app.people.go(who, order.quote?.id ?? "");
  await h.settle();
  return h.order(who, order.id);
}

async function expectSoundBooks(h: House): Promise<void> {
  expect(await h.app.admins.differences()).toEqual([]);
}

describe("an order", () => {
  it("goes from consent to delivered pictures, best first, and sends each message once", async () => {
    const h = await house();
    const who = await h.meet();
    const order = await delivered(h, who, await h.quoted(who));
    expect(order.state).toBe("delivered");
    expect(order.pictures).toHaveLength(4);
    expect(order.prompts.map(({ state }) => state)).toEqual(["done", "done", "done", "done"]);
    const scores = order.pictures.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const results = await h.app.deps.db.orm.select().from(delivery).where(eq(delivery.kind, "results"));
    expect(results.map(({ state }) => state)).toEqual(["sent"]);
    await expectSoundBooks(h);
  });

  it("refuses a quote without photos, and says how many are needed", async () => {
    const h = await house();
    const who = await h.meet();
    const { orderId } = await h.app.people.consent(who);
    expect(await h.app.people.quote(who, orderId)).toEqual({ kind: "too_few_photos", have: 0, need: 1 });
  });

  it("takes no photo before consent", async () => {
    const h = await house();
    const who = await h.meet();
    const bytes = new Uint8Array([1]);
    const offered = await h.app.people.offerPhotos(who, "e", [{ kind: "bytes", bytes, name: null }]);
    expect(offered).toEqual({ kind: "consent_first", held: 0 });
    expect(await h.app.deps.db.query("SELECT count(*) AS n FROM blob")).toEqual([{ n: 0 }]);
  });

  it("records one consent and one order for two presses at once", async () => {
    const h = await house();
    const who = await h.meet();
    const both = await Promise.all([h.app.people.consent(who), h.app.people.consent(who)]);
    expect(both[0]).toEqual(both[1]);
    expect(await h.app.deps.db.query("SELECT count(*) AS n FROM consent")).toEqual([{ n: 1 }]);
    expect(await h.app.deps.db.query("SELECT count(*) AS n FROM orders")).toEqual([{ n: 1 }]);
  });

  it("starts once for two presses of Go at once", async () => {
    const h = await house();
    const who = await h.meet();
    const { id, quote } = await h.quoted(who);
    const press = () => h.app.people.go(who, quote?.id ?? "");
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["already", "started"]);
    await h.settle();
    expect((await h.order(who, id)).pictures).toHaveLength(4);
  });

  it("does not start on a quote from before a change, and quotes anew", async () => {
    const h = await house();
    const who = await h.meet();
    const { id, quote } = await h.quoted(who);
    await h.app.people.toggleStyle(who, id, "city");
    expect(await h.app.people.go(who, quote?.id ?? "")).toMatchObject({ kind: "changed_since" });
    const again = await h.app.people.quote(who, id);
    expect(again.kind).toBe("quoted");
  });

  it("does not start on a quote that is over", async () => {
    const h = await house();
    const who = await h.meet();
    const { quote } = await h.quoted(who);
    h.clock.advance(31 * 60_000);
    expect(await h.app.people.go(who, quote?.id ?? "")).toMatchObject({ kind: "quote_expired" });
  });

  it("names the styles of this machine when another one needs AI", async () => {
    const h = await house();
    const who = await h.meet();
    const { id } = await h.quoted(who);
    const refused = await h.app.people.toggleStyle(who, id, "boardroom");
    expect(refused).toMatchObject({ kind: "needs_ai", key: "boardroom" });
    expect(refused.kind === "needs_ai" ? refused.available : []).toHaveLength(9);
  });

  it("stops a running order, makes nothing more, and cannot be stopped twice", async () => {
    const h = await house();
    const who = await h.meet();
    const { id, quote } = await h.quoted(who);
    await h.app.people.go(who, quote?.id ?? "");
    expect(await h.app.people.cancel(who, id)).toEqual({ kind: "cancelled", costMicros: 0 });
    expect(await h.app.people.cancel(who, id)).toEqual({ kind: "already_over", state: "cancelled" });
    await h.settle();
    expect((await h.order(who, id)).pictures).toEqual([]);
    const open = await h.app.deps.db.orm.select().from(step).where(eq(step.subject, "prompt"));
    expect(open.every(({ state }) => state === "cancelled")).toBe(true);
    await expectSoundBooks(h);
  });

  it("gives one free retake and keeps the first pictures when it is cancelled", async () => {
    const h = await house();
    const who = await h.meet();
    const order = await delivered(h, who, await h.quoted(who));
    expect(await h.app.people.retake(who, order.id)).toMatchObject({ kind: "started" });
    await h.app.people.cancel(who, order.id);
    await h.settle();
    const after = await h.order(who, order.id);
    expect(after.state).toBe("delivered");
    expect(after.pictures).toHaveLength(4);
    expect(await h.app.people.retake(who, order.id)).toEqual({ kind: "used_up" });
  });

  it("adds the pictures of a retake to the first ones", async () => {
    const h = await house();
    const who = await h.meet();
    const order = await delivered(h, who, await h.quoted(who));
    await h.app.people.retake(who, order.id);
    await h.settle();
    expect((await h.order(who, order.id)).pictures).toHaveLength(8);
    await expectSoundBooks(h);
  });

  it("asks 1 to 5 once after voting, and counts the first answer only", async () => {
    const h = await house();
    const who = await h.meet();
    const order = await delivered(h, who, await h.quoted(who));
    for (const { id } of order.pictures) await h.app.people.vote(who, id, "yes");
    h.clock.advance(60_000);
    await h.settle();
    const asked = await h.app.deps.db.orm.select().from(delivery).where(eq(delivery.kind, "rating"));
    expect(asked.map(({ state }) => state)).toEqual(["sent"]);
    await h.app.people.rate(who, order.id, 4);
    await h.app.people.rate(who, order.id, 1);
    expect(await h.order(who, order.id)).toMatchObject({ state: "closed", rating: 4 });
  });

  it("does not exist for anybody else", async () => {
    const h = await house();
    const who = await h.meet();
    const stranger = await h.meet("stranger");
    const order = await delivered(h, who, await h.quoted(who));
    const picture = order.pictures[0]?.id ?? "";
    expect(await h.app.people.order(stranger, order.id)).toBeNull();
    expect(await h.app.people.cancel(stranger, order.id)).toEqual({ kind: "gone" });
    expect(await h.app.people.vote(stranger, picture, "yes")).toBeNull();
    expect(await h.app.people.pictureFile(stranger, picture, "original")).toBeNull();
    expect(await h.app.people.go(stranger, order.quote?.id ?? "")).toEqual({ kind: "gone" });
    expect(await h.app.people.face(stranger, order.faceId)).toBeNull();
  });

  it("reaches the same end when the program dies after any number of steps", async () => {
    for (let died = 1; died <= 12; died++) {
      const h = await house({ seed: died });
      const who = await h.meet();
      const { id, quote } = await h.quoted(who);
      await h.app.people.go(who, quote?.id ?? "");
      // A step that was claimed and never ended is what a killed process leaves.
      await h.app.deps.db.batch([
        {
          sql: `UPDATE step SET state = 'leased', lease_token = 'dead', lease_until = ?, run_at = 0
            WHERE id IN (SELECT id FROM step WHERE state = 'ready' LIMIT ?)`,
          args: [h.clock.now() + 60_000, died],
        },
      ]);
      await h.settle();
      h.clock.advance(61_000);
      await h.app.sweep();
      await h.settle();
      expect((await h.order(who, id)).pictures).toHaveLength(4);
      await expectSoundBooks(h);
    }
  });

  it("fails without a picture, says so once, and costs nothing", async () => {
    const output = await drawnJpeg();
    const noop = createNoopProvider({ products: ["studio"], output, name: "studio", fault: () => "fail" });
    const h = await house({ providers: [noop] });
    const who = await h.meet();
    const quoted = await h.quoted(who);
    const order = await delivered(h, who, quoted);
    expect(order).toMatchObject({ state: "failed", failureCode: "nothing_made", actualMicros: 0 });
    const told = await h.app.deps.db.orm.select().from(delivery).where(eq(delivery.kind, "failed"));
    expect(told).toHaveLength(1);
    await expectSoundBooks(h);
  });

  it("makes each picture once although answers of the provider are lost", async () => {
    const output = await drawnJpeg();
    const noop = createNoopProvider({
      products: ["studio"],
      output,
      name: "studio",
      fault: (_request, nth) => (nth % 2 === 0 ? "lost_answer" : null),
    });
    const h = await house({ providers: [noop] });
    const who = await h.meet();
    const { id, quote } = await h.quoted(who);
    await h.app.people.go(who, quote?.id ?? "");
    for (let minute = 0; minute < 10; minute++) {
      await h.settle();
      h.clock.advance(60_000);
      await h.app.sweep();
    }
    expect((await h.order(who, id)).pictures).toHaveLength(4);
    expect(noop.runs()).toHaveLength(4);
    const attempts = await h.app.deps.db.orm.select().from(attempt);
    expect(attempts.filter(({ state }) => state === "succeeded")).toHaveLength(4);
    await expectSoundBooks(h);
  });
});

describe("what an order may cost", () => {
  const paid = async (policy = {}) => {
    const noop = createNoopProvider({
      products: ["best"],
      output: await drawnJpeg(),
      name: "replicate",
      price: { train: 0, render: 1_000_000 },
    });
    return house({ providers: [noop], policy: { defaultProduct: "best", ...policy } });
  };

  it("does not start when the budget cannot cover the ceiling", async () => {
    const h = await paid({ budgetDayMicros: 1_000_000 });
    const who = await h.meet();
    const { quote } = await h.quoted(who, { photos: 8 });
    expect(await h.app.people.go(who, quote?.id ?? "")).toEqual({ kind: "over_budget" });
  });

  it("starts no more paid orders a day than the quota, however fast Go is pressed", async () => {
    const h = await paid({ ordersPerPersonDay: 0 });
    const who = await h.meet();
    const { quote } = await h.quoted(who, { photos: 8 });
    expect(await h.app.people.go(who, quote?.id ?? "")).toEqual({ kind: "quota", perDay: 0 });
  });

  it("asks a browser visitor from outside to link an account first", async () => {
    const h = await paid({ loopback: false });
    const who = await h.meet();
    const { quote } = await h.quoted(who, { photos: 8 });
    expect(await h.app.people.go(who, quote?.id ?? "")).toEqual({ kind: "link_first" });
  });

  it("charges a credit where credits are sold, and gives it back when the order is cancelled", async () => {
    const h = await paid({ selling: true });
    const who = await h.meet("77", "telegram");
    expect((await h.app.people.balance(who)).credits).toBe(1);
    const { id, quote } = await h.quoted(who, { photos: 8 });
    expect(quote?.credits).toBe(1);
    await h.app.people.go(who, quote?.id ?? "");
    expect((await h.app.people.balance(who)).credits).toBe(0);
    await h.app.people.cancel(who, id);
    await h.settle();
    expect((await h.app.people.balance(who)).credits).toBe(1);
    expect(await h.app.people.refund(who, id)).toEqual({ kind: "already" });
    const [row] = await h.app.deps.db.orm.select().from(orders).where(eq(orders.id, id));
    expect(row?.creditsCharged).toBe(1);
    await expectSoundBooks(h);
  });
});
