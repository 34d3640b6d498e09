import { z } from "zod";

const plain = <const Code extends string>(code: Code) => z.object({ code: z.literal(code) });

/** One sentence above a card: what became of the press, the text or the photos that it answers. */
const noticeSchema = z.discriminatedUnion("code", [
  plain("tap_a_button"),
  plain("unknown_button"),
  plain("unknown_command"),
  plain("admins_only"),
  plain("already_running"),
  plain("quote_expired"),
  plain("changed_since"),
  plain("over_budget"),
  z.object({ code: z.literal("quota"), perDay: z.number() }),
  plain("no_credit"),
  plain("link_first"),
  plain("no_such_order"),
  plain("no_such_picture"),
  plain("no_such_photo"),
  plain("no_such_face"),
  plain("too_late"),
  z.object({ code: z.literal("needs_ai"), style: z.string(), available: z.array(z.string()) }),
  z.object({ code: z.literal("unknown_style"), available: z.array(z.string()) }),
  z.object({ code: z.literal("too_many"), most: z.number() }),
  z.object({ code: z.literal("too_few_photos"), have: z.number(), need: z.number() }),
  plain("still_checking"),
  plain("no_provider"),
  z.object({ code: z.literal("photos_held"), count: z.number() }),
  z.object({ code: z.literal("photos_already_here"), count: z.number() }),
  z.object({ code: z.literal("photos_not_looked_at"), count: z.number(), names: z.array(z.string()) }),
  plain("no_photos"),
  plain("busy"),
  plain("already_over"),
  plain("nothing_running"),
  plain("nothing_to_cancel"),
  plain("retake_used"),
  plain("retake_not_now"),
  plain("refund_already"),
  plain("refund_nothing"),
  plain("refund_not_entitled"),
  plain("linked"),
  z.object({ code: z.literal("wrong_code"), triesLeft: z.number() }),
  plain("too_many_tries"),
  plain("same_person"),
  z.object({ code: z.literal("report_received"), reportId: z.string() }),
  z.object({ code: z.literal("face_deleted"), photos: z.number(), pictures: z.number() }),
]);

export type Notice = z.infer<typeof noticeSchema>;

/** Notices travel in a delivery's ids, under this name. */
export const NOTICE_ID = "notice";

export function writeNotice(notice: Notice): string {
  return JSON.stringify(notice);
}

/** The notice of a delivery row; null when there is none or a newer version wrote what this one does not know. */
export function readNotice(text: string | undefined): Notice | null {
  if (text === undefined) return null;
  try {
    return noticeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
