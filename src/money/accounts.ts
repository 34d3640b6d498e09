/**
 * Accounts of the ledger. A budget's three sum to zero: what is allowed away (`budget`, negative) is either held for
 * running work or spent. A bill is owed to the provider (`payable`, negative) and borne by an order or by nobody (`waste`).
 */
export const budgetAccount = (scope: string): string => `budget:${scope}`;
export const heldAccount = (scope: string): string => `held:${scope}`;
export const spentAccount = (scope: string): string => `spent:${scope}`;
export const payableAccount = (provider: string): string => `payable:${provider}`;
export const costAccount = (orderId: string): string => `cost:${orderId}`;
export const WASTE = "waste";

/** Credits, in credits: a person's, those used by an order, and the source they were given from. */
export const creditAccount = (personId: string): string => `credit:${personId}`;
export const creditUsedAccount = (orderId: string): string => `credit_used:${orderId}`;
export const CREDIT_GIVEN = "credit_given";
