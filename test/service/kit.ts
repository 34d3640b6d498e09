import type { App } from "../../src/app.ts";
import { assemble } from "../../src/app.ts";
import type { Policy } from "../../src/ports/deps.ts";
import type { OrderDetails, Who } from "../../src/ports/for-people.ts";
import type { Imaging } from "../../src/ports/imaging.ts";
import type { Provider } from "../../src/ports/provider.ts";
import { memoryStore } from "../../src/storage/index.ts";
import { memoryDatabase } from "../kit/database.ts";
import { scriptedImaging } from "../kit/imaging.ts";
import { countingIds, fakeClock, seededRandom, type FakeClock } from "../kit/time.ts";
import { drawnJpeg } from "../pictures/pictures.ts";
import { goodPhoto } from "../selfies/kit.ts";

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

export const POLICY: Policy = {
  siteUrl: "http://127.0.0.1:8787",
  defaultProduct: "studio",
  selling: false,
  freeCredits: 1,
  ordersPerPersonDay: 3,
  budgetDayMicros: 20_000_000,
  budgetMonthMicros: 200_000_000,
  operatorName: null,
  privacyEmail: null,
  loopback: true,
  adminIds: [],
};

/** Every file is a good photo of one person, each different from the others. */
export async function flatteringImaging(): Promise<Imaging> {
  const imaging = scriptedImaging({ jpeg: await drawnJpeg() });
  let seen = 0;
  return {
    ...imaging,
    inspect: async () => {
      // A multiplier of golden ratio spreads the bits, so that no two look alike.
      const hash = ((BigInt(++seen) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn)
        .toString(16)
        .padStart(16, "0");
      const clean = { jpeg: await drawnJpeg(), width: 1000, height: 1200 };
      return {
        ok: true,
        clean,
        inspection: goodPhoto({}, { hash, mirrorHash: hash.split("").toReversed().join("") }),
      };
    },
  };
}

export interface House {
  readonly app: App;
  readonly clock: FakeClock;
  /** Works until nothing is due. */
  settle(): Promise<void>;
  meet(name?: string, platform?: "web" | "cli" | "telegram"): Promise<Who>;
  /** From consent to a quote that Go can be pressed on. */
  quoted(who: Who, options?: { photos?: number; count?: number }): Promise<OrderDetails>;
  /** The order as it is now; fails when it is gone. */
  order(who: Who, orderId: string): Promise<OrderDetails>;
}

/** The whole program over a database in memory, with imaging that flatters and a clock that stands still. */
export async function house(
  parts: { policy?: Partial<Policy>; providers?: readonly Provider[]; imaging?: Imaging; seed?: number } = {},
): Promise<House> {
  const clock = fakeClock();
  const random = seededRandom(parts.seed ?? 1);
  const { db } = await memoryDatabase({ clock, random });
  const app = await assemble({
    clock,
    ids: countingIds(),
    random,
    log: SILENT,
    db,
    objects: memoryStore(),
    masterKey: new Uint8Array(32).fill(7),
    imaging: parts.imaging ?? (await flatteringImaging()),
    providers: parts.providers ?? [],
    policy: { ...POLICY, ...parts.policy },
    metricsToken: null,
    instanceId: "test",
    assets: { script: "", style: "" },
    concurrency: 4,
  });
  await app.sweep();
  const settle = async (): Promise<void> => {
    while ((await app.runner.runDue()) > 0) await Promise.resolve();
  };
  const order = async (who: Who, orderId: string): Promise<OrderDetails> => {
    const found = await app.people.order(who, orderId);
    if (found === null) throw new Error("the order is gone");
    return found;
  };
  return {
    app,
    clock,
    settle,
    order,
    meet: (name = "visitor", platform = "web") => app.people.meet({ platform, externalId: name }, name, "en"),
    async quoted(who, { photos = 3, count = 4 } = {}) {
      const { orderId } = await app.people.consent(who);
      const offers = Array.from({ length: photos }, (_, at) => ({
        kind: "bytes" as const,
        bytes: new TextEncoder().encode(`photo ${at} of ${who.personId}`),
        name: `${at}.jpg`,
      }));
      await app.people.offerPhotos(who, `event-${who.personId}`, offers);
      await settle();
      await app.people.setCount(who, orderId, count);
      const quote = await app.people.quote(who, orderId);
      if (quote.kind !== "quoted") throw new Error(`not quoted: ${quote.kind}`);
      return quote.order;
    },
  };
}
