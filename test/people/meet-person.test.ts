import { describe, expect, it } from "vitest";
import {
  meetPerson,
  resolvePerson,
  hasLinkedAccount,
  setLanguage,
  reportAbuse,
} from "../../src/people/index.ts";
import { chat, identity, person, report } from "../../src/people/schema.ts";
import { fileDatabase, memoryDatabase } from "../kit/database.ts";
import { people } from "./people.ts";

describe("meeting a person", () => {
  it("makes them at first contact and finds them again afterwards", async () => {
    const { deps, meet } = await people();
    const first = await meet("discord", "1");
    expect(first).toMatchObject({ platform: "discord", language: "en", isNew: true });
    expect(await meet("discord", "1")).toEqual({ ...first, isNew: false });
    expect(await deps.db.orm.select().from(person)).toHaveLength(1);
    expect(await deps.db.orm.select().from(chat)).toHaveLength(1);
  });

  it.each([
    ["memory", memoryDatabase],
    ["file", fileDatabase],
  ])("makes one person of thirty first messages at once (%s)", async (_name, open) => {
    const { db } = await open();
    const { deps, meet, gifts } = await people({ db });
    const met = await Promise.all(
      Array.from({ length: 30 }, (_, at) => meet("telegram", "7", `chat-${at % 3}`)),
    );
    expect(new Set(met.map((who) => who.personId)).size).toBe(1);
    expect(new Set(met.map((who) => who.chatId)).size).toBe(3);
    expect(met.filter((who) => who.isNew)).toHaveLength(1);
    expect(await deps.db.orm.select().from(person)).toHaveLength(1);
    expect(await deps.db.orm.select().from(identity)).toHaveLength(1);
    expect(await deps.db.orm.select().from(chat)).toHaveLength(3);
    expect(await gifts()).toHaveLength(1);
  });

  it("welcomes Discord and Telegram accounts with a gift under a hashed key, and browser visitors without", async () => {
    const { meet, gifts } = await people();
    await meet("web", "visitor");
    await meet("cli", "local");
    expect(await gifts()).toEqual([]);
    await meet("discord", "424242");
    await meet("telegram", "424242");
    const keys = await gifts();
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  it("follows the platform's language until the person chooses one", async () => {
    const { deps } = await people();
    const meetIn = (language: "en" | "de" | null): Promise<{ language: string; personId: string }> =>
      meetPerson(deps, { platform: "web", externalId: "v" }, "v", language, () => []);
    expect((await meetIn(null)).language).toBe("en");
    expect((await meetIn("de")).language).toBe("de");
    const { personId } = await meetIn(null);
    expect((await meetIn(null)).language).toBe("de");
    await setLanguage(deps, personId, "en");
    expect((await meetIn("de")).language).toBe("en");
  });

  it("takes note that a chat answers again", async () => {
    const { deps, meet } = await people();
    await meet("telegram", "1");
    await deps.db.batch([{ sql: "UPDATE chat SET gone_at = 5", args: [] }]);
    await meet("telegram", "1");
    expect(await deps.db.orm.select().from(chat)).toMatchObject([{ goneAt: null }]);
  });
});

describe("naming a person", () => {
  it("works by account, by order, by id, and for nobody", async () => {
    const { deps, meet } = await people();
    const { personId } = await meet("discord", "1");
    const orders = (id: string): Promise<string | null> => Promise.resolve(id === "O1" ? personId : null);
    const resolve = (name: string): Promise<string | null> => resolvePerson(deps, name, orders);
    expect(await resolve("discord:1")).toBe(personId);
    expect(await resolve(" order:O1 ")).toBe(personId);
    expect(await resolve(personId)).toBe(personId);
    for (const nobody of ["discord:2", "telegram:1", "order:O2", "icq:1", "", "x"])
      expect(await resolve(nobody)).toBeNull();
  });

  it("tells who has an account outside the browser", async () => {
    const { deps, meet } = await people();
    expect(await hasLinkedAccount(deps, (await meet("web", "v")).personId)).toBe(false);
    expect(await hasLinkedAccount(deps, (await meet("telegram", "1")).personId)).toBe(true);
  });
});

describe("a report", () => {
  it("is kept for a human, at most 4,000 characters of it", async () => {
    const { deps, meet } = await people();
    const { personId } = await meet("web", "v");
    const { reportId } = await reportAbuse(deps, { personId, words: ` ${"x".repeat(5000)}` });
    const [kept] = await deps.db.orm.select().from(report);
    expect(kept).toMatchObject({ id: reportId, personId, state: "open" });
    expect(kept?.words).toHaveLength(4000);
  });
});
