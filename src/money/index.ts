export { budgetRoom, budgetScopes, ensureBudgets } from "./budgets.ts";
export { checkLedger, type LedgerProblem } from "./check-ledger.ts";
export {
  chargeCredits,
  credits,
  creditsReturned,
  grantCredits,
  moveCredits,
  returnCredits,
} from "./credits.ts";
export { exportLedger } from "./export-ledger.ts";
export { orderCost } from "./order-cost.ts";
export { priceOf, seedPrices, type Price } from "./prices.ts";
export { release, settle, type Settlement } from "./resolve.ts";
export { reserve, type NewReservation } from "./reserve.ts";
export { costMicros } from "./rules.ts";
