import type { Block } from "../../ports/chat.ts";
import type { Notice } from "../notices.ts";
import { styleTitle, text, type RenderContext } from "./context.ts";

/** Notices of what could not be done; all others only say how things are. */
const PROBLEMS = new Set<Notice["code"]>([
  "over_budget",
  "quota",
  "no_credit",
  "link_first",
  "needs_ai",
  "unknown_style",
  "too_many",
  "too_few_photos",
  "no_provider",
  "no_photos",
  "photos_not_looked_at",
  "wrong_code",
  "too_many_tries",
  "refund_not_entitled",
]);

function noticeWords({ copy, format }: RenderContext, notice: Notice): string {
  const words = copy.notices;
  const titles = (keys: readonly string[]): string => keys.map((key) => styleTitle(copy, key)).join("; ");
  switch (notice.code) {
    case "quota":
      return words.quota(notice.perDay);
    case "needs_ai":
      return words.needs_ai(styleTitle(copy, notice.style), titles(notice.available));
    case "unknown_style":
      return words.unknown_style(titles(notice.available));
    case "too_many":
      return words.too_many(notice.most);
    case "too_few_photos":
      return words.too_few_photos(notice.have, notice.need);
    case "photos_held":
      return notice.count === 0 ? words.photos_wait : words.photos_held(notice.count);
    case "photos_already_here":
      return words.photos_already_here(notice.count);
    case "photos_not_looked_at": {
      const names = notice.names.length === 0 ? "" : `: ${format.list(notice.names)}`;
      return `${words.photos_not_looked_at(notice.count)}${names}.`;
    }
    case "wrong_code":
      return words.wrong_code(notice.triesLeft);
    case "report_received":
      return words.report_received(notice.reportId);
    case "face_deleted":
      return words.face_deleted(notice.photos, notice.pictures);
    case "admins_only":
    case "already_over":
    case "already_running":
    case "busy":
    case "changed_since":
    case "link_first":
    case "linked":
    case "no_credit":
    case "no_photos":
    case "no_provider":
    case "no_such_face":
    case "no_such_order":
    case "no_such_photo":
    case "no_such_picture":
    case "nothing_running":
    case "nothing_to_cancel":
    case "over_budget":
    case "quote_expired":
    case "refund_already":
    case "refund_not_entitled":
    case "refund_nothing":
    case "retake_not_now":
    case "retake_used":
    case "same_person":
    case "still_checking":
    case "tap_a_button":
    case "too_late":
    case "too_many_tries":
    case "unknown_button":
    case "unknown_command":
      return words[notice.code];
  }
}

export function noticeBlock(context: RenderContext, notice: Notice): Block {
  return text(noticeWords(context, notice), PROBLEMS.has(notice.code) ? "problem" : "notice");
}
