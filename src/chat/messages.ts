import type { DeliveryRow } from "../ports/chat.ts";

interface MessageSpec<Id extends string> {
  readonly importance: DeliveryRow["importance"];
  /** Ids that the renderer needs. */
  readonly ids: readonly Id[];
  /** Ids that tell one message of this kind from another: equal ones are one message, edited in place. */
  readonly keyIds: readonly Id[];
}

function message<Id extends string = never>(
  importance: DeliveryRow["importance"],
  ids: readonly Id[] = [],
  keyIds: readonly Id[] = ids,
): MessageSpec<Id> {
  return { importance, ids, keyIds };
}

/** Every kind of message there is. What is named here can be shown in any chat; `render` words it. */
export const MESSAGES = {
  welcome: message("progress"),
  consent: message("progress"),
  home: message("progress"),
  selfies: message("progress", ["faceId"]),
  tips: message("progress"),
  styles: message("progress", ["orderId"]),
  style_list: message("progress"),
  quote: message("progress", ["orderId"]),
  status: message("progress", ["orderId"]),
  results: message("result", ["orderId", "round"]),
  crops: message("progress", ["pictureId", "orderId"], ["pictureId"]),
  picture_file: message("progress", ["pictureId", "orderId", "crop"], ["pictureId", "crop"]),
  failed: message("result", ["orderId"]),
  cancelled: message("result", ["orderId"]),
  refund: message("result", ["orderId"]),
  rating: message("progress", ["orderId"]),
  orders: message("progress"),
  faces: message("progress"),
  face_delete: message("progress", ["faceId"]),
  balance: message("progress"),
  link: message("progress", ["sealedCode", "expiresAt"], []),
  export_asked: message("progress"),
  export: message("result", ["blobId"]),
  erase_ask: message("progress"),
  erasing: message("progress"),
  erased: message("result", ["receiptId"]),
  privacy: message("progress"),
  terms: message("progress"),
  paysupport: message("progress"),
  report: message("progress"),
  help: message("progress"),
  language: message("progress"),
  /** What is left of a message that was shown again further down. */
  moved: message("progress"),
} as const;

export type MessageKind = keyof typeof MESSAGES;

export type IdsOf<K extends MessageKind> = Readonly<Record<(typeof MESSAGES)[K]["ids"][number], string>>;

/** A message by name and ids, not yet worded. */
export type Card = {
  [K in MessageKind]: [(typeof MESSAGES)[K]["ids"][number]] extends [never]
    ? { readonly kind: K }
    : { readonly kind: K; readonly ids: IdsOf<K> };
}[MessageKind];

export function idsOf(card: Card): Readonly<Record<string, string>> {
  return "ids" in card ? card.ids : {};
}

/** Names the one message that `card` is in this chat. */
export function cardKey(card: Card, chatId: string): string {
  const ids = idsOf(card);
  const keyIds: readonly string[] = MESSAGES[card.kind].keyIds;
  return `${[card.kind, ...keyIds.map((name) => ids[name] ?? "")].join(":")}@${chatId}`;
}

export function isMessageKind(kind: string): kind is MessageKind {
  return Object.hasOwn(MESSAGES, kind);
}
