import { eq } from "drizzle-orm";
import { guarded, raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { Micros } from "../ports/provider.ts";
import { budgetAccount, costAccount, heldAccount, payableAccount, spentAccount, WASTE } from "./accounts.ts";
import { assertAmount, post } from "./post.ts";
import { reservation, resolution } from "./schema.ts";

export interface Settlement {
  readonly attemptId: string;
  readonly actualMicros: Micros;
  /** True while the provider's own figure is not known. */
  readonly estimated: boolean;
  /** Nobody gets the result (lost, late after failover): the order does not bear it. */
  readonly toWaste?: boolean;
}

/**
 * Books what an attempt really cost and frees the rest of its reservation. A cost above the reservation is booked and
 * marked as an overrun: the money is gone. The guard `resolution:<attempt>` reports that the attempt is settled or
 * released already.
 * @throws AppError DEFECT when nothing was reserved for the attempt
 */
export async function settle(deps: Pick<Deps, "db" | "clock">, bill: Settlement): Promise<Statement[]> {
  assertAmount(bill.actualMicros, "a bill");
  return resolve(deps, { kind: "settle", toWaste: false, ...bill });
}

/** Frees the whole reservation of an attempt that cost nothing; reported like `settle`. */
export async function release(
  deps: Pick<Deps, "db" | "clock">,
  { attemptId }: { readonly attemptId: string },
): Promise<Statement[]> {
  return resolve(deps, { kind: "void", attemptId, actualMicros: 0, estimated: false, toWaste: false });
}

async function resolve(
  deps: Pick<Deps, "db" | "clock">,
  end: Required<Settlement> & { readonly kind: "settle" | "void" },
): Promise<Statement[]> {
  const { attemptId, kind, actualMicros, estimated } = end;
  const [held] = await deps.db.orm.select().from(reservation).where(eq(reservation.attemptId, attemptId));
  if (held === undefined) throw new AppError("DEFECT", `nothing was reserved for attempt ${attemptId}`);
  const { amountMicros, orderId, scopes } = held;
  return [
    guarded(
      `resolution:${attemptId}`,
      deps.db.orm
        .insert(resolution)
        .values({
          attemptId,
          kind,
          actualMicros,
          estimated,
          overrun: actualMicros > amountMicros,
          at: deps.clock.now(),
        })
        .onConflictDoNothing(),
    ),
    ...post(deps, {
      id: `${kind}:${attemptId}`,
      kind,
      attemptId,
      orderId,
      entries: [
        ...scopes.flatMap((scope): [string, number][] => [
          [heldAccount(scope), -amountMicros],
          [budgetAccount(scope), amountMicros - actualMicros],
          [spentAccount(scope), actualMicros],
        ]),
        [end.toWaste || orderId === null ? WASTE : costAccount(orderId), actualMicros],
        [payableAccount(held.provider), -actualMicros],
      ],
    }),
    ...scopes.map((scope) =>
      raw(
        "UPDATE budget SET held_micros = held_micros - ?, posted_micros = posted_micros + ? WHERE scope = ?",
        [amountMicros, actualMicros, scope],
      ),
    ),
  ];
}
