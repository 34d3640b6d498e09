import type { CommandName } from "../ports/chat.ts";
import { COMMANDS } from "../ports/chat.ts";
import { unreachable } from "../ports/errors.ts";
import type { Answer, Turn } from "./answer.ts";
import { currentCard, currentWith, orderCard } from "./current-card.ts";
import { cancelOrder } from "./presses/order.ts";
import { redeemCode, sendReport, showLinkCode } from "./words.ts";

/** A typed word or slash word that is a command, with what follows it. */
export function parseCommand(text: string): { name: CommandName; argument: string | null } | null {
  const [, word = "", rest = ""] = /^\/?([a-z]+)(?:@\S+)?(?:\s+([\s\S]*))?$/i.exec(text.trim()) ?? [];
  const known: readonly CommandName[] = [...COMMANDS, "start", "cancel", "terms", "paysupport", "console"];
  const name = known.find((command) => command === word.toLowerCase());
  return name === undefined ? null : { name, argument: rest.trim() === "" ? null : rest.trim() };
}

/** `headshots`: starts an order or goes on with the one that is open. */
async function headshots(turn: Turn): Promise<Answer> {
  const { people, who } = turn;
  const overview = await people.overview(who);
  if (!overview.consented) return { card: { kind: who.isNew ? "welcome" : "consent" } };
  if (overview.draft !== null || overview.running.length > 0) return { card: await currentCard(turn) };
  const order = await people.openOrder(who);
  if ("kind" in order) return { card: { kind: "consent" } };
  return { card: await orderCard(turn, order) };
}

async function status(turn: Turn): Promise<Answer> {
  const { people, who } = turn;
  const { running } = await people.overview(who);
  const [atWork] = running;
  if (atWork !== undefined) return { card: { kind: "status", ids: { orderId: atWork.id } } };
  return currentWith(turn, { code: "nothing_running" });
}

/** `cancel`: the order at work, else the one being prepared. */
async function cancel(turn: Turn): Promise<Answer> {
  const { running, draft } = await turn.people.overview(turn.who);
  const order = running[0] ?? draft;
  return order === null || order === undefined
    ? currentWith(turn, { code: "nothing_to_cancel" })
    : cancelOrder(turn, order.id);
}

async function styles(turn: Turn): Promise<Answer> {
  const { draft } = await turn.people.overview(turn.who);
  return { card: draft === null ? { kind: "style_list" } : { kind: "styles", ids: { orderId: draft.id } } };
}

async function start(turn: Turn): Promise<Answer> {
  return turn.who.isNew ? { card: { kind: "welcome" } } : headshots(turn);
}

async function exportAll({ people, who }: Turn): Promise<Answer> {
  const { asked } = await people.askExport(who);
  return { card: asked ? { kind: "export_asked" } : { kind: "erasing" } };
}

/** Answers one of the contract's commands. */
export async function answerCommand(turn: Turn, name: CommandName, argument: string | null): Promise<Answer> {
  switch (name) {
    case "start":
      return start(turn);
    case "headshots":
      return headshots(turn);
    case "status":
      return status(turn);
    case "cancel":
      return cancel(turn);
    case "styles":
      return styles(turn);
    case "link":
      return argument === null ? showLinkCode(turn) : redeemCode(turn, argument);
    case "report":
      return argument === null ? { card: { kind: "report" }, expects: "report" } : sendReport(turn, argument);
    case "export":
      return exportAll(turn);
    case "delete":
      return { card: { kind: "erase_ask" } };
    case "orders":
    case "faces":
    case "balance":
    case "privacy":
    case "terms":
    case "paysupport":
    case "help":
    case "language":
      return { card: { kind: name } };
    case "console":
      return { card: { kind: "help" }, notice: { code: "admins_only" } };
    default:
      return unreachable(name);
  }
}
