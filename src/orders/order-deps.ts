import type { Deps } from "../ports/deps.ts";
import type { orders } from "./schema.ts";

export type OrderDeps = Pick<
  Deps,
  | "db"
  | "clock"
  | "ids"
  | "random"
  | "log"
  | "providers"
  | "imaging"
  | "blobs"
  | "announce"
  | "policy"
  | "waker"
>;

export type OrderRow = typeof orders.$inferSelect;
