import { plural } from "../plural.ts";

export const notices = {
  tap_a_button: "I read buttons best. Tap one of these.",
  unknown_button: "That button is no longer in use. Here is where things stand.",
  unknown_command: "I don't know that word. These are the ones I know.",
  admins_only: "That one is for the people who run this installation.",
  already_running: "That order is running already. Nothing was started twice.",
  quote_expired: "That price was older than 30 minutes. Here is the price now.",
  changed_since: "The order changed since that price. Here is the price now.",
  over_budget:
    "The spending limit of this installation is reached, so nothing was started. Try again tomorrow.",
  quota: (perDay: number): string =>
    `${plural(perDay, "paid order", "paid orders")} a day is the limit. Nothing was started.`,
  no_credit: "There is no credit left for this order. Nothing was started.",
  link_first:
    "AI orders from the browser need a linked account. Link your Discord or Telegram account first.",
  no_such_order: "There is no such order here any more.",
  no_such_picture: "That picture is no longer here.",
  no_such_photo: "That photo is no longer here.",
  no_such_face: "Those photos are no longer here.",
  too_late: "That order has started, so this can't be changed any more.",
  needs_ai: (style: string, available: string): string =>
    `${style} needs AI, which is not set up here. You can choose: ${available}.`,
  unknown_style: (available: string): string => `I don't know that style. You can choose: ${available}.`,
  too_many: (most: number): string => `${most} is the most.`,
  too_few_photos: (have: number, need: number): string =>
    `${have} good so far, ${need} needed. Send ${need - have} more and then choose styles.`,
  still_checking: "I'm still looking at your photos. A few seconds more.",
  no_provider: "Nothing here can make that right now. Your photos are safe; try again later.",
  photos_held: (count: number): string =>
    `${plural(count, "photo is", "photos are")} waiting. I fetch nothing before you agree; after an hour I forget them.`,
  photos_wait: "Your photos stay with you until you agree.",
  photos_already_here: (count: number): string =>
    `${plural(count, "photo was", "photos were")} here already.`,
  photos_not_looked_at: (count: number): string =>
    `40 photos a face is the limit: ${plural(count, "photo was", "photos were")} not looked at`,
  no_photos: "There was no photo in that message. Send JPG, PNG, WebP or HEIC.",
  busy: "Your order is being made, so photos have to wait. Send them again when it is done.",
  already_over: "That order is over already. Nothing was charged for this.",
  nothing_running: "No order is running.",
  nothing_to_cancel: "There is nothing to cancel.",
  retake_used: "The free retake of that order is used.",
  retake_not_now: "A retake is possible once the pictures are here.",
  refund_already: "That credit is back already.",
  refund_nothing: "That order cost no credit, so there is nothing to give back.",
  refund_not_entitled:
    "First vote, then take the free retake. If fewer than three look like you after it, the credit goes back.",
  linked: "Linked. Orders, photos and credits are one now.",
  wrong_code: (triesLeft: number): string =>
    `That code is wrong or over. ${plural(triesLeft, "try", "tries")} left.`,
  too_many_tries: "Too many wrong codes. Wait ten minutes, then ask for a new code.",
  same_person: "Both chats are one account already.",
  report_received: (reportId: string): string =>
    `Received, number ${reportId}. A person answers within 48 hours.`,
  face_deleted: (photos: number, pictures: number): string =>
    `Deleted: ${plural(photos, "photo", "photos")}, ${plural(pictures, "picture", "pictures")}.`,
};
