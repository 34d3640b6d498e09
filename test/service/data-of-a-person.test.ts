import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { delivery, step } from "../../src/jobs/schema.ts";
import { webMessage } from "../../bots/web/schema.ts";
import type { Who } from "../../src/ports/for-people.ts";
import { house, POLICY, type House } from "./kit.ts";

const DAY_MS = 86_400_000;

/** A browser at the chat. Whatever it posts is answered when this resolves. */
async function browser({ app, settle }: House) {
  const page = await app.http.request("/");
  const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
  const headers = { cookie, "content-type": "application/json", origin: POLICY.siteUrl };
  let events = 0;
  return async (body: object): Promise<void> => {
    const id = `00000000-0000-4000-8000-${String(++events).padStart(12, "0")}`;
    const said = await app.http.request("/chat/events", {
      method: "POST",
      headers,
      body: JSON.stringify({ id, body }),
    });
    if (!said.ok) throw new Error(`the chat answered ${said.status}`);
    await settle();
  };
}

async function personOf({ app }: House): Promise<Who> {
  const [row] = await app.deps.db.query(
    "SELECT chat.person_id, chat.id, address FROM chat WHERE platform = 'web'",
  );
  const address = String(row?.["address"]);
  return app.people.meet({ platform: "web", externalId: address }, address, "en");
}

describe("everything of a person", () => {
  it("goes with its messages, but the receipt still arrives and goes a month later", async () => {
    const h = await house();
    const say = await browser(h);
    await say({ kind: "command", name: "headshots" });
    const who = await personOf(h);
    await h.app.people.go(who, (await h.quoted(who)).quote?.id ?? "");
    await h.settle();
    await say({ kind: "command", name: "report" });
    const { orm, query } = h.app.deps.db;
    expect(await query("SELECT expects FROM conversation")).toEqual([{ expects: "report" }]);
    expect((await orm.select().from(webMessage)).length).toBeGreaterThan(3);
    const other = await h.meet("somebody else", "telegram");
    const theirs = await h.quoted(other);

    await say({ kind: "press", action: "erase" });
    // The word that it was begun is on its way at the same time, and must not arrive behind the erasure.
    h.clock.advance(5000);
    await h.settle();
    const messages = () => orm.select().from(delivery).where(eq(delivery.personId, who.personId));
    const left = await messages();
    expect(left.map(({ kind, state }) => `${kind} ${state}`)).toEqual(["erased sent"]);
    expect((await orm.select().from(webMessage)).map(({ id }) => id)).toEqual([left[0]?.id]);
    expect(await query("SELECT * FROM conversation")).toEqual([]);
    const [receipt] = await query("SELECT receipt FROM erasure");
    expect(JSON.parse(String(receipt?.["receipt"]))).toMatchObject({
      selfies: 3,
      pictures: 4,
      messages: expect.any(Number),
    });
    expect((await h.order(other, theirs.id)).state).toBe("quoted");

    h.clock.advance(30 * DAY_MS);
    await h.app.sweep();
    expect(await messages()).toEqual(left);
    h.clock.advance(1);
    await h.app.sweep();
    expect(await messages()).toEqual([]);
    expect(
      await orm
        .select()
        .from(step)
        .where(eq(step.subjectId, left[0]?.id ?? "")),
    ).toEqual([]);
  });

  it("is one when two accounts are linked: photos and pictures of both can still be seen", async () => {
    const h = await house();
    const web = await h.meet("visitor", "web");
    h.clock.advance(1);
    const telegram = await h.meet("42", "telegram");
    const orders = [];
    for (const who of [web, telegram]) {
      const order = await h.quoted(who);
      await h.app.people.go(who, order.quote?.id ?? "");
      await h.settle();
      orders.push(await h.order(who, order.id));
    }
    const { code } = await h.app.people.linkCode(web);
    expect(await h.app.people.redeemLink(telegram, code)).toEqual({
      kind: "linked",
      personId: web.personId,
    });
    const one = await h.meet("42", "telegram");
    expect(one.personId).toBe(web.personId);
    for (const order of orders) {
      const face = await h.app.people.face(one, order.faceId);
      for (const { id } of face?.selfies ?? []) expect(await h.app.people.selfieFile(one, id)).not.toBeNull();
      expect(face?.selfies).toHaveLength(3);
      for (const { id } of order.pictures)
        expect(await h.app.people.pictureFile(one, id, "original")).not.toBeNull();
      expect(order.pictures).toHaveLength(4);
    }

    await h.app.people.askErasure(one);
    await h.settle();
    expect(await h.app.deps.db.query("SELECT person_id FROM person_key WHERE wrapped IS NOT NULL")).toEqual(
      [],
    );
    const owned = await h.app.deps.db.query("SELECT id FROM blob WHERE refs > 0");
    expect(owned).toEqual([]);
  });

  it("is exported with the movements of the credits", async () => {
    const h = await house();
    const who = await h.meet("42", "telegram");
    const zip = new Uint8Array(await new Response(h.app.admins.exportZip(who.personId)).arrayBuffer());
    expect(new TextDecoder("latin1").decode(zip)).toContain("credits.json");
  });
});
