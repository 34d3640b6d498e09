import { write } from "../../../src/db/index.ts";
import { chat, person } from "../../../src/people/schema.ts";
import type { Language } from "../../../src/ports/chat.ts";
import type { Database } from "../../../src/ports/database.ts";
import type {
  FaceDetails,
  ForPeople,
  OrderDetails,
  StyleOutcome,
  Who,
} from "../../../src/ports/for-people.ts";
import type { Product } from "../../../src/ports/product.ts";
import type { ReasonCode, Verdict } from "../../../src/ports/selfie.ts";
import type { Clock, Ids } from "../../../src/ports/runtime.ts";
import {
  DRAFTS,
  faceDetails,
  newOrder,
  newPictures,
  newSelfie,
  WORKING,
  type Face,
  type Order,
} from "./fake-rows.ts";
import { availableFor, chooseForMe, styleByKey } from "../../../src/styles/index.ts";

/** Outcomes that a test forces instead of what the fake would answer. */
type Forced = { [K in keyof ForPeople]?: Awaited<ReturnType<ForPeople[K]>> };

export interface FakePeople extends ForPeople {
  readonly forced: Forced;
  readonly faceRows: readonly Face[];
  readonly orderRows: readonly Order[];
  /** How often each verb was called. */
  readonly calls: ReadonlyMap<string, number>;
  judge(selfieId: string, verdict: Verdict, reasons?: readonly ReasonCode[]): void;
  move(orderId: string, change: Partial<Order>): void;
  /** Finishes an order with `count` pictures. */
  deliver(orderId: string, count?: number): void;
  /** Forgets that an account was met, so that the next event is a first contact. */
  who(externalId: string): Who | undefined;
}

/** An in-memory service that keeps the rules which the conversation leans on; every verb may be repeated. */
export function createFakePeople(deps: {
  db: Database;
  clock: Clock;
  ids: Ids;
  product?: Product;
  needed?: number;
}): FakePeople {
  const { db, clock, ids } = deps;
  const product = deps.product ?? "studio";
  const needed = deps.needed ?? 1;
  const accounts = new Map<string, Who>();
  const consented = new Set<string>();
  const erased = new Map<string, string>();
  const faces: Face[] = [];
  const orders: Order[] = [];
  const codes = new Map<string, string>();
  const offered = new Set<string>();
  const forced: Forced = {};
  const calls = new Map<string, number>();

  const details = (face: Face): FaceDetails => faceDetails(face, needed, clock.now());
  const faceOf = (personId: string): Face | undefined =>
    faces.find((face) => face.personId === personId && !face.deleted);
  const own = (who: Who, orderId: string): Order | null =>
    orders.find((order) => order.id === orderId && order.personId === who.personId) ?? null;
  const isReady = (order: Order): boolean => {
    const face = faces.find((face) => face.id === order.faceId);
    const found = face === undefined ? null : details(face);
    return found !== null && found.settled && found.kept >= found.needed;
  };
  /** What the service shows: a collecting order with enough photos is ready. */
  const shown = (order: Order): OrderDetails => ({
    ...order,
    state: order.state === "collecting" && isReady(order) ? "ready" : order.state,
  });

  function openDraft(who: Who, face: Face): Order {
    const open = orders.find((order) => order.faceId === face.id && DRAFTS.includes(order.state));
    if (open !== undefined) return open;
    const order = newOrder({ id: ids.next(), who, face, product, now: clock.now() });
    orders.push(order);
    return order;
  }

  function prepare(who: Who, orderId: string, change: (order: Order) => StyleOutcome | null): StyleOutcome {
    const order = own(who, orderId);
    if (order === null || !DRAFTS.includes(order.state)) return { kind: "too_late" };
    const refused = change(order);
    if (refused !== null) return refused;
    if (order.state === "quoted") order.state = "collecting";
    order.quote = null;
    return { kind: "chosen", order: shown(order) };
  }

  function setStyles(order: Order, keys: readonly string[]): StyleOutcome | null {
    const available = availableFor(order.product).map((style) => style.key);
    for (const key of keys) {
      if (styleByKey(key) === null) return { kind: "unknown_style", key, available };
      if (!available.includes(key)) return { kind: "needs_ai", key, available };
    }
    if (keys.length > 9) return { kind: "too_many", most: 9 };
    order.styles = keys;
    return null;
  }

  const people: ForPeople = {
    async meet(account, address, language) {
      const key = `${account.platform}:${account.externalId}`;
      const known = accounts.get(key);
      if (known !== undefined) return { ...known, isNew: false };
      const who: Who = {
        personId: ids.next(),
        chatId: ids.next(),
        platform: account.platform,
        language: language ?? "en",
        isNew: true,
      };
      const createdAt = clock.now();
      await db.batch([
        write(db.orm.insert(person).values({ id: who.personId, language: who.language, createdAt })),
        write(
          db.orm.insert(chat).values({
            id: who.chatId,
            personId: who.personId,
            platform: account.platform,
            address,
            createdAt,
          }),
        ),
      ]);
      accounts.set(key, { ...who, isNew: false });
      return who;
    },
    async overview(who) {
      const face = faceOf(who.personId);
      const draft = orders.find((order) => order.faceId === face?.id && DRAFTS.includes(order.state));
      return {
        consented: consented.has(who.personId),
        face: face === undefined ? null : { id: face.id, name: "Face 1" },
        draft: draft === undefined ? null : shown(draft),
        running: orders.filter((order) => order.personId === who.personId && WORKING.includes(order.state)),
        credits: 1,
      };
    },
    async consent(who) {
      consented.add(who.personId);
      let face = faceOf(who.personId);
      if (face === undefined) {
        face = { id: ids.next(), personId: who.personId, selfies: [], deleted: false, expiresAt: null };
        faces.push(face);
      }
      return { faceId: face.id, orderId: openDraft(who, face).id };
    },
    async openOrder(who) {
      const face = faceOf(who.personId);
      if (face === undefined || !consented.has(who.personId)) return { kind: "consent_first" };
      return shown(openDraft(who, face));
    },
    async offerPhotos(who, eventId, photos) {
      if (erased.has(who.personId)) return { kind: "deleted" };
      const face = faceOf(who.personId);
      if (face === undefined || !consented.has(who.personId)) {
        return {
          kind: "consent_first",
          held: photos.filter((photo) => photo.kind === "reference").length,
        };
      }
      const order = openDraft(who, face);
      if (order.state === "consented") order.state = "collecting";
      if (offered.has(eventId)) {
        return { kind: "added", faceId: face.id, selfieIds: [], already: photos.length, notLookedAt: [] };
      }
      offered.add(eventId);
      const room = Math.max(0, 40 - face.selfies.length);
      const selfieIds: string[] = [];
      for (const photo of photos.slice(0, room)) {
        const id = ids.next();
        selfieIds.push(id);
        face.selfies.push(newSelfie(id, photo.name));
      }
      return {
        kind: "added",
        faceId: face.id,
        selfieIds,
        already: 0,
        notLookedAt: photos.slice(room).map((photo) => photo.name),
      };
    },
    async confirmSelfie(who, selfieId) {
      const face = faceOf(who.personId);
      const selfie = face?.selfies.find((found) => found.id === selfieId && found.state === "judged");
      if (face === undefined || selfie === undefined) return null;
      selfie.confirmed = true;
      selfie.counts = true;
      return details(face);
    },
    async removeSelfie(who, selfieId) {
      const face = faceOf(who.personId);
      const selfie = face?.selfies.find((found) => found.id === selfieId);
      if (face === undefined || selfie === undefined) return null;
      selfie.state = "removed";
      selfie.counts = false;
      return details(face);
    },
    toggleStyle: async (who, orderId, key) =>
      prepare(who, orderId, (order) => {
        const { styles } = order;
        return setStyles(
          order,
          styles.includes(key) ? styles.filter((had) => had !== key) : [...styles, key],
        );
      }),
    setStyles: async (who, orderId, keys) => prepare(who, orderId, (order) => setStyles(order, keys)),
    chooseForMe: async (who, orderId) =>
      prepare(who, orderId, (order) => setStyles(order, chooseForMe(order.product, 3))),
    setCount: async (who, orderId, count) =>
      prepare(who, orderId, (order) => {
        if (count < 1 || count > 40) return { kind: "too_many", most: 40 };
        order.count = count;
        return null;
      }),
    async quote(who, orderId) {
      const order = own(who, orderId);
      if (order === null || !DRAFTS.includes(order.state)) return { kind: "too_late" };
      const face = faces.find((found) => found.id === order.faceId);
      const state = face === undefined ? null : details(face);
      if (state === null || !state.settled) return { kind: "still_checking" };
      if (state.kept < state.needed) {
        return { kind: "too_few_photos", have: state.kept, need: state.needed };
      }
      const studio = order.product === "studio";
      const quote = {
        id: ids.next(),
        product: order.product,
        styles: order.styles,
        count: order.count,
        expectedMicros: studio ? 0 : 4_200_000,
        ceilingMicros: studio ? 0 : 9_000_000,
        credits: studio ? 0 : 1,
        expectedMs: 95_000,
        expiresAt: clock.now() + 30 * 60_000,
        reusesTune: false,
      };
      order.quote = quote;
      order.state = "quoted";
      return { kind: "quoted", order, quote };
    },
    async go(who, quoteId) {
      const order = orders.find((found) => found.quote?.id === quoteId && found.personId === who.personId);
      if (order === undefined) return { kind: "gone" };
      if (order.goAt !== null) return { kind: "already", order };
      if (order.state !== "quoted") return { kind: "changed_since", orderId: order.id };
      if ((order.quote?.expiresAt ?? 0) <= clock.now()) {
        return { kind: "quote_expired", orderId: order.id };
      }
      order.state = "queued";
      order.goAt = clock.now();
      order.ordersAhead = 0;
      order.etaAt = clock.now() + 95_000;
      return { kind: "started", order };
    },
    async cancel(who, orderId) {
      const order = own(who, orderId);
      if (order === null) return { kind: "gone" };
      if (!DRAFTS.includes(order.state) && !WORKING.includes(order.state)) {
        return { kind: "already_over", state: order.state };
      }
      order.state = "cancelled";
      return { kind: "cancelled", costMicros: 0 };
    },
    async vote(who, pictureId, vote) {
      for (const order of orders.filter((found) => found.personId === who.personId)) {
        if (!order.pictures.some((picture) => picture.id === pictureId)) continue;
        order.pictures = order.pictures.map((picture) =>
          picture.id === pictureId ? { ...picture, vote } : picture,
        );
        return order;
      }
      return null;
    },
    async retake(who, orderId) {
      const order = own(who, orderId);
      if (order === null) return { kind: "gone" };
      if (order.round > 0) return { kind: "used_up" };
      if (order.state !== "delivered" && order.state !== "closed") return { kind: "not_now" };
      order.round = 1;
      order.retakeLeft = false;
      order.state = "queued";
      return { kind: "started", order };
    },
    async refund(who, orderId) {
      const order = own(who, orderId);
      if (order === null) return { kind: "gone" };
      if (order.creditReturned) return { kind: "already" };
      if ((order.quote?.credits ?? 0) === 0) return { kind: "nothing_to_refund" };
      if (order.retakeLeft) return { kind: "not_entitled" };
      order.creditReturned = true;
      return { kind: "refunded", credits: 1 };
    },
    async rate(who, orderId, stars) {
      const order = own(who, orderId);
      if (order !== null && order.rating === null) order.rating = stars ?? 0;
      return order;
    },
    orders: async (who) =>
      orders
        .filter((order) => order.personId === who.personId)
        .map(shown)
        .reverse(),
    async order(who, orderId) {
      const order = own(who, orderId);
      return order === null ? null : shown(order);
    },
    async faces(who) {
      const face = faceOf(who.personId);
      return face === undefined ? [] : [details(face)];
    },
    async face(who, faceId) {
      const face = faceOf(who.personId);
      return face?.id === faceId ? details(face) : null;
    },
    async deleteFace(who, faceId) {
      const face = faceOf(who.personId);
      if (face === undefined || face.id !== faceId) return null;
      face.deleted = true;
      consented.delete(who.personId);
      for (const order of orders.filter((found) => found.faceId === faceId)) {
        if (DRAFTS.includes(order.state) || WORKING.includes(order.state)) order.state = "cancelled";
      }
      return { photos: face.selfies.length, pictures: 0 };
    },
    pictureFile: async () => null,
    selfieFile: async () => null,
    balance: async () => ({ credits: 1, selling: product !== "studio", ordersLeftToday: 3 }),
    async linkCode(who) {
      const code = `ABCD234${codes.size}`;
      codes.set(code, who.personId);
      return { code, expiresAt: clock.now() + 600_000 };
    },
    async redeemLink(who, code) {
      const owner = codes.get(code.toUpperCase());
      if (owner === undefined) return { kind: "wrong_code", triesLeft: 4 };
      return owner === who.personId ? { kind: "same_person" } : { kind: "linked", personId: owner };
    },
    askExport: async (who) => ({ asked: !erased.has(who.personId) }),
    async askErasure(who) {
      const receiptId = erased.get(who.personId) ?? ids.next();
      erased.set(who.personId, receiptId);
      await db.batch([
        { sql: "UPDATE person SET deleted_at = ? WHERE id = ?", args: [clock.now(), who.personId] },
      ]);
      return { receiptId };
    },
    report: async () => ({ reportId: "REPORT1" }),
    async setLanguage(who: Who, language: Language) {
      await db.batch([
        { sql: "UPDATE person SET language = ? WHERE id = ?", args: [language, who.personId] },
      ]);
    },
  };

  /** Counts every call and answers what the test forces. */
  const watched = new Proxy(people, {
    get(target, name: keyof ForPeople) {
      const verb: unknown = Reflect.get(target, name);
      if (typeof verb !== "function") return verb;
      return (...args: unknown[]): unknown => {
        calls.set(name, (calls.get(name) ?? 0) + 1);
        const instead: unknown = Reflect.get(forced, name);
        return instead === undefined ? Reflect.apply(verb, target, args) : Promise.resolve(instead);
      };
    },
  });

  const controls: Omit<FakePeople, keyof ForPeople> = {
    forced,
    faceRows: faces,
    orderRows: orders,
    calls,
    judge(selfieId, verdict, reasons = []) {
      const selfie = faces.flatMap((face) => face.selfies).find((found) => found.id === selfieId);
      if (selfie === undefined) throw new Error(`no selfie ${selfieId}`);
      const asks = verdict === "warn" && reasons.includes("different_person");
      Object.assign(selfie, {
        state: "judged",
        verdict,
        reasons,
        score: 80,
        counts: verdict === "keep" || (verdict === "warn" && !asks),
      });
    },
    move(orderId, change) {
      Object.assign(orders.find((order) => order.id === orderId) ?? {}, change);
    },
    deliver(orderId, count = 4) {
      const order = orders.find((found) => found.id === orderId);
      if (order === undefined) throw new Error(`no order ${orderId}`);
      order.pictures = newPictures(order, count, () => ids.next());
      order.state = "delivered";
      order.deliveredAt = clock.now();
    },
    who: (externalId) => accounts.get(`web:${externalId}`),
  };
  return new Proxy(watched, {
    get(target, name) {
      return Reflect.has(controls, name) ? Reflect.get(controls, name) : Reflect.get(target, name);
    },
  }) as FakePeople;
}
