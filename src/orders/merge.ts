import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Merger } from "../people/index.ts";
import type { OrderDeps } from "./order-deps.ts";
import { orders, prompts, tunes } from "./schema.ts";

/** Hands a person's orders over when two accounts turn out to be one person. */
export function mergeOrders({ db }: Pick<OrderDeps, "db">): Merger {
  return ({ from, into }) => [
    write(db.orm.update(orders).set({ personId: into }).where(eq(orders.personId, from))),
    write(db.orm.update(tunes).set({ personId: into }).where(eq(tunes.personId, from))),
    write(db.orm.update(prompts).set({ personId: into }).where(eq(prompts.personId, from))),
  ];
}
