import { desc, eq, sql } from "drizzle-orm";
import { checkHistory, rearmStep, retryStep } from "../jobs/index.ts";
import { step } from "../jobs/schema.ts";
import { checkLedger } from "../money/index.ts";
import { budget } from "../money/schema.ts";
import { readOrder } from "../orders/index.ts";
import { orders } from "../orders/schema.ts";
import { askErasure, exportZip, resolvePerson } from "../people/index.ts";
import { erasure } from "../people/schema.ts";
import type { Deps } from "../ports/deps.ts";
import type { ForAdmins, Today } from "../ports/for-admins.ts";
import { exporters } from "./data-of-a-person.ts";
import { makeSignInLink, readSession, signIn, signOut } from "./sign-in.ts";

const MOST_STUCK = 50;

async function today(deps: Deps): Promise<Today> {
  const now = new Date(deps.clock.now()).toISOString();
  const count = sql<number>`count(*)`;
  const [ordersByState, stepsByState, stuck, budgets] = await Promise.all([
    deps.db.orm.select({ state: orders.state, count }).from(orders).groupBy(orders.state),
    deps.db.orm.select({ state: step.state, count }).from(step).groupBy(step.state),
    deps.db.orm
      .select()
      .from(step)
      .where(sql`${step.state} = 'dead'`)
      .orderBy(desc(step.id))
      .limit(MOST_STUCK),
    deps.db.orm
      .select()
      .from(budget)
      .where(eq(budget.scope, `day:${now.slice(0, 10)}`)),
  ]);
  const [month] = await deps.db.orm
    .select()
    .from(budget)
    .where(eq(budget.scope, `month:${now.slice(0, 7)}`));
  return {
    ordersByState,
    stepsByState,
    stuck,
    spentTodayMicros: budgets[0]?.postedMicros ?? 0,
    spentMonthMicros: month?.postedMicros ?? 0,
  };
}

/** The service's face for admins. */
export function createForAdmins(deps: Deps): ForAdmins {
  return {
    signInLink: (role) => makeSignInLink(deps, role),
    signIn: (token) => signIn(deps, token),
    session: (cookie) => readSession(deps, cookie),
    signOut: (session) => signOut(deps, session),
    today: () => today(deps),
    retryStep: (session, stepId) =>
      session.role === "viewer"
        ? Promise.resolve(false)
        : retryStep(deps, stepId, { kind: "admin", adminId: session.id, role: session.role }),
    findPerson: (name) =>
      resolvePerson(deps, name, async (orderId) => (await readOrder(deps, orderId))?.personId ?? null),
    async askErasure(personId) {
      const asked = await askErasure(deps, { personId, chatId: null }, (armed) => rearmStep(deps, armed));
      deps.waker.notify();
      return asked;
    },
    async erasureReceipt(erasureId) {
      const [row] = await deps.db.orm.select().from(erasure).where(eq(erasure.id, erasureId));
      return row === undefined || row.finishedAt === null ? null : (row.receipt ?? {});
    },
    exportZip: (personId) => exportZip(deps, personId, exporters(deps)),
    async differences() {
      const ledger = await checkLedger(deps);
      return [...ledger.map((problem) => JSON.stringify(problem)), ...(await checkHistory(deps.db))];
    },
  };
}
