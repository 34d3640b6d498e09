import type { Copy } from "../en/index.ts";
import { account } from "./account.ts";
import { buttons } from "./buttons.ts";
import { errors } from "./errors.ts";
import { notices } from "./notices.ts";
import { orders } from "./orders.ts";
import { selfies } from "./selfies.ts";
import { styles } from "./styles.ts";

export const de: Copy = { account, buttons, errors, notices, orders, selfies, styles };
