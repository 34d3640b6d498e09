import { raw, write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { ProviderName } from "../ports/product.ts";
import type { Micros } from "../ports/provider.ts";
import { budgetAccount, heldAccount } from "./accounts.ts";
import { assertAmount, post } from "./post.ts";
import { reservation } from "./schema.ts";

export interface NewReservation {
  readonly attemptId: string;
  readonly orderId: string | null;
  readonly provider: ProviderName;
  readonly priceId: string | null;
  /** The most that the provider-side limit lets the run cost; this much is held. */
  readonly amountMicros: Micros;
  readonly estimateMicros: Micros;
  /** Rows must exist: see `ensureBudgets`. */
  readonly scopes: readonly string[];
}

/** The cap is checked in the statement that takes the money. Nothing always fits: free work needs no budget. */
const HOLD = `UPDATE budget SET held_micros = held_micros + ?
WHERE scope = ? AND (? = 0 OR cap_micros IS NULL OR cap_micros >= posted_micros + held_micros + ?)`;

/**
 * Holds money for one attempt under every scope, or nothing at all: the guard `budget:<scope>` names a cap that is
 * reached. A second reservation of the same attempt is refused as a constraint.
 */
export function reserve(deps: Pick<Deps, "db" | "clock">, wanted: NewReservation): Statement[] {
  const { attemptId, orderId, amountMicros } = wanted;
  assertAmount(amountMicros, "a reservation");
  assertAmount(wanted.estimateMicros, "an estimate");
  const scopes = [...new Set(wanted.scopes)];
  return [
    ...scopes.map((scope) =>
      raw(HOLD, [amountMicros, scope, amountMicros, amountMicros], budgetAccount(scope)),
    ),
    write(deps.db.orm.insert(reservation).values({ ...wanted, scopes, createdAt: deps.clock.now() })),
    ...post(deps, {
      id: `reserve:${attemptId}`,
      kind: "reserve",
      attemptId,
      orderId,
      entries: scopes.flatMap((scope) => [
        [heldAccount(scope), amountMicros],
        [budgetAccount(scope), -amountMicros],
      ]),
    }),
  ];
}
