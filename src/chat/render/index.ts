import { eq } from "drizzle-orm";
import { person } from "../../people/schema.ts";
import type { DeliveryRow, View } from "../../ports/chat.ts";
import type { ForPeople, Who } from "../../ports/for-people.ts";
import { CATALOGUES } from "../copy/index.ts";
import { formatFor } from "../format.ts";
import { isMessageKind, MESSAGES, type MessageKind } from "../messages.ts";
import { NOTICE_ID, readNotice } from "../notices.ts";
import {
  renderBalance,
  renderExport,
  renderExportAsked,
  renderHome,
  renderLanguage,
  renderLink,
  renderMoved,
  renderReport,
} from "./account.ts";
import { text, type RenderContext, type RenderDeps, type Renderer } from "./context.ts";
import { renderCrops, renderPictureFile } from "./crops.ts";
import { renderCancelled, renderFailed, renderRating, renderRefund } from "./endings.ts";
import { renderErased, renderErasing, renderEraseAsk } from "./erase.ts";
import { renderFaceDelete, renderFaces, renderOrders } from "./lists.ts";
import { noticeBlock } from "./notice.ts";
import { renderHelp, renderPaysupport, renderPrivacy, renderTerms } from "./policies.ts";
import { renderQuote } from "./quote.ts";
import { renderResults } from "./results.ts";
import { renderSelfies, renderTips } from "./selfies.ts";
import { renderStatus } from "./status.ts";
import { renderStyleList, renderStyles } from "./styles.ts";
import { renderConsent, renderWelcome } from "./welcome.ts";

export type { RenderDeps } from "./context.ts";

const RENDERERS: { readonly [K in MessageKind]: Renderer<K> } = {
  welcome: renderWelcome,
  consent: renderConsent,
  home: renderHome,
  selfies: renderSelfies,
  tips: renderTips,
  styles: renderStyles,
  style_list: renderStyleList,
  quote: renderQuote,
  status: renderStatus,
  results: renderResults,
  crops: renderCrops,
  picture_file: renderPictureFile,
  failed: renderFailed,
  cancelled: renderCancelled,
  refund: renderRefund,
  rating: renderRating,
  orders: renderOrders,
  faces: renderFaces,
  face_delete: renderFaceDelete,
  balance: renderBalance,
  link: renderLink,
  export_asked: renderExportAsked,
  export: renderExport,
  erase_ask: renderEraseAsk,
  erasing: renderErasing,
  erased: renderErased,
  privacy: renderPrivacy,
  terms: renderTerms,
  paysupport: renderPaysupport,
  report: renderReport,
  help: renderHelp,
  language: renderLanguage,
  moved: renderMoved,
};

/** What may still be said to somebody who asked for everything to be deleted. */
const AFTER_ERASURE: ReadonlySet<MessageKind> = new Set(["erasing", "erased"]);

/** Words one kind; null when the row lacks an id that its kind needs (written by another version). */
async function renderKind(
  kind: MessageKind,
  context: RenderContext,
  ids: DeliveryRow["ids"],
): Promise<View | null> {
  if (!MESSAGES[kind].ids.every((name) => ids[name] !== undefined)) return null;
  // Just checked: every id that this kind's renderer reads is there.
  const render: (context: RenderContext, ids: never) => Promise<View | null> | View | null = RENDERERS[kind];
  return render(context, ids as never);
}

type Addressee = { readonly who: Who; readonly erased: boolean };

/** Whom a row is for now: an account that was linked away belongs to the person that it was joined to. */
async function addressee(deps: RenderDeps, row: DeliveryRow): Promise<Addressee | null> {
  const find = (id: string) => deps.db.orm.select().from(person).where(eq(person.id, id));
  const [first] = await find(row.personId);
  const [found] = typeof first?.mergedInto === "string" ? await find(first.mergedInto) : [first];
  if (found === undefined) return null;
  const { id, language, deletedAt } = found;
  const who = { personId: id, chatId: row.chatId, platform: row.platform, language, isNew: false };
  return { who, erased: deletedAt !== null };
}

/**
 * Words a delivery with the data of now, in the person's language; null when there is nothing left to show (an order
 * without a Go has no status, a deleted person hears of the deletion only).
 */
export async function renderDelivery(
  deps: RenderDeps,
  people: ForPeople,
  row: DeliveryRow,
): Promise<View | null> {
  if (!isMessageKind(row.kind)) return null;
  const to = await addressee(deps, row);
  if (to === null || (to.erased && !AFTER_ERASURE.has(row.kind))) return null;
  const { who } = to;
  const copy = CATALOGUES[who.language];
  const context = { deps, people, who, copy, format: formatFor(who.language) };
  const shown = await renderKind(row.kind, context, row.ids);
  if (shown === null) return null;
  const notice = readNotice(row.ids[NOTICE_ID]);
  const again = row.resend && row.messageRef === null ? [text(copy.account.again, "notice")] : [];
  return {
    ...shown,
    blocks: [...again, ...(notice === null ? [] : [noticeBlock(context, notice)]), ...shown.blocks],
  };
}
