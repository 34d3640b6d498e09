import { account } from "./account.ts";
import { buttons } from "./buttons.ts";
import { errors } from "./errors.ts";
import { notices } from "./notices.ts";
import { orders } from "./orders.ts";
import { selfies } from "./selfies.ts";
import { styles } from "./styles.ts";

export const en = { account, buttons, errors, notices, orders, selfies, styles };

/** What every language must say; the compiler proves that none lacks a sentence. */
export type Copy = typeof en;
