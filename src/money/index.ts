export { budgetRoom, budgetScopes, ensureBudgets } from "./budgets.ts";
export { checkLedger } from "./check-ledger.ts";
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
export { priceOf, seedPrices } from "./prices.ts";
export { release, settle } from "./resolve.ts";
export { reserve } from "./reserve.ts";
export { costMicros } from "./rules.ts";
