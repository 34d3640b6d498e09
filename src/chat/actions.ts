import type { CommandName, Language } from "../ports/chat.ts";
import { COMMANDS } from "../ports/chat.ts";
import type { CropKind } from "../ports/imaging.ts";

export const CROPS = [
  "linkedin-square",
  "circle-safe",
  "portrait-4x5",
] as const satisfies readonly CropKind[];

/** What a button does. */
export type Action =
  | { readonly do: "command"; readonly name: CommandName }
  | { readonly do: "begin" }
  | { readonly do: "consent" }
  | { readonly do: "tips" }
  | { readonly do: "photos"; readonly faceId: string }
  | { readonly do: "keep_selfie"; readonly selfieId: string }
  | { readonly do: "drop_selfie"; readonly selfieId: string }
  | { readonly do: "styles"; readonly orderId: string }
  /** Names the wanted state and not "toggle", so that a repeated press changes nothing. */
  | { readonly do: "style"; readonly orderId: string; readonly key: string; readonly on: boolean }
  | { readonly do: "choose_for_me"; readonly orderId: string }
  | { readonly do: "count"; readonly orderId: string; readonly count: number }
  | { readonly do: "quote"; readonly orderId: string }
  | { readonly do: "go"; readonly quoteId: string }
  | { readonly do: "cancel"; readonly orderId: string }
  | { readonly do: "order"; readonly orderId: string }
  | { readonly do: "vote"; readonly pictureId: string; readonly vote: "yes" | "no" }
  | { readonly do: "crops"; readonly pictureId: string }
  | { readonly do: "file"; readonly pictureId: string; readonly crop: CropKind | "original" }
  | { readonly do: "retake"; readonly orderId: string }
  | { readonly do: "refund"; readonly orderId: string }
  /** 0 skips. */
  | { readonly do: "rate"; readonly orderId: string; readonly stars: number }
  | { readonly do: "ask_delete_face"; readonly faceId: string }
  | { readonly do: "delete_face"; readonly faceId: string }
  | { readonly do: "erase" }
  | { readonly do: "language"; readonly language: Language };

/** Telegram's callback limit, the smallest of all platforms. */
export const ACTION_BYTES = 64;

const ID = /^[0-9A-Za-z_-]{1,40}$/;
const KEY = /^[a-z0-9-]{1,24}$/;
const BUTTON_COMMANDS: readonly CommandName[] = [
  ...COMMANDS,
  "start",
  "cancel",
  "terms",
  "paysupport",
  "console",
];

/** The short words that stand for actions on the wire; a changed word breaks buttons that are already in chats. */
export function encodeAction(action: Action): string {
  switch (action.do) {
    case "command":
      return `c:${action.name}`;
    case "begin":
    case "consent":
    case "tips":
    case "erase":
      return action.do;
    case "photos":
      return `photos:${action.faceId}`;
    case "keep_selfie":
      return `keep:${action.selfieId}`;
    case "drop_selfie":
      return `drop:${action.selfieId}`;
    case "styles":
      return `styles:${action.orderId}`;
    case "style":
      return `st:${action.orderId}:${action.key}:${action.on ? "1" : "0"}`;
    case "choose_for_me":
      return `auto:${action.orderId}`;
    case "count":
      return `n:${action.orderId}:${action.count}`;
    case "quote":
      return `quote:${action.orderId}`;
    case "go":
      return `go:${action.quoteId}`;
    case "cancel":
      return `cancel:${action.orderId}`;
    case "order":
      return `order:${action.orderId}`;
    case "vote":
      return `${action.vote}:${action.pictureId}`;
    case "crops":
      return `crops:${action.pictureId}`;
    case "file":
      return `file:${action.pictureId}:${action.crop}`;
    case "retake":
      return `retake:${action.orderId}`;
    case "refund":
      return `refund:${action.orderId}`;
    case "rate":
      return `rate:${action.orderId}:${action.stars}`;
    case "ask_delete_face":
      return `unface:${action.faceId}`;
    case "delete_face":
      return `unface!:${action.faceId}`;
    case "language":
      return `lang:${action.language}`;
  }
}

type Reader = (parts: readonly string[]) => Action | null;

const withId =
  (make: (id: string) => Action): Reader =>
  ([id, ...rest]) =>
    id !== undefined && rest.length === 0 && ID.test(id) ? make(id) : null;

const alone =
  (action: Action): Reader =>
  (parts) =>
    parts.length === 0 ? action : null;

function numbered(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^\d{1,3}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

const READERS: Readonly<Record<string, Reader>> = {
  c: ([word, ...rest]) => {
    const name = BUTTON_COMMANDS.find((known) => known === word);
    return name === undefined || rest.length > 0 ? null : { do: "command", name };
  },
  begin: alone({ do: "begin" }),
  consent: alone({ do: "consent" }),
  tips: alone({ do: "tips" }),
  erase: alone({ do: "erase" }),
  photos: withId((faceId) => ({ do: "photos", faceId })),
  keep: withId((selfieId) => ({ do: "keep_selfie", selfieId })),
  drop: withId((selfieId) => ({ do: "drop_selfie", selfieId })),
  styles: withId((orderId) => ({ do: "styles", orderId })),
  st: ([orderId = "", key = "", on, ...rest]) =>
    rest.length === 0 && ID.test(orderId) && KEY.test(key) && (on === "1" || on === "0")
      ? { do: "style", orderId, key, on: on === "1" }
      : null,
  auto: withId((orderId) => ({ do: "choose_for_me", orderId })),
  n: ([orderId = "", text, ...rest]) => {
    const count = numbered(text, 1, 40);
    return rest.length === 0 && ID.test(orderId) && count !== null ? { do: "count", orderId, count } : null;
  },
  quote: withId((orderId) => ({ do: "quote", orderId })),
  go: withId((quoteId) => ({ do: "go", quoteId })),
  cancel: withId((orderId) => ({ do: "cancel", orderId })),
  order: withId((orderId) => ({ do: "order", orderId })),
  yes: withId((pictureId) => ({ do: "vote", pictureId, vote: "yes" })),
  no: withId((pictureId) => ({ do: "vote", pictureId, vote: "no" })),
  crops: withId((pictureId) => ({ do: "crops", pictureId })),
  file: ([pictureId = "", word, ...rest]) => {
    const crop = ([...CROPS, "original"] as const).find((known) => known === word);
    return rest.length === 0 && ID.test(pictureId) && crop !== undefined
      ? { do: "file", pictureId, crop }
      : null;
  },
  retake: withId((orderId) => ({ do: "retake", orderId })),
  refund: withId((orderId) => ({ do: "refund", orderId })),
  rate: ([orderId = "", text, ...rest]) => {
    const stars = numbered(text, 0, 5);
    return rest.length === 0 && ID.test(orderId) && stars !== null ? { do: "rate", orderId, stars } : null;
  },
  unface: withId((faceId) => ({ do: "ask_delete_face", faceId })),
  "unface!": withId((faceId) => ({ do: "delete_face", faceId })),
  lang: ([language, ...rest]) =>
    (language === "en" || language === "de") && rest.length === 0 ? { do: "language", language } : null,
};

/** What a pressed button means; null for anything that no button of ours ever carried. */
export function readAction(text: string): Action | null {
  if (text.length > ACTION_BYTES) return null;
  const [word = "", ...parts] = text.split(":");
  const reader = Object.hasOwn(READERS, word) ? READERS[word] : undefined;
  return reader?.(parts) ?? null;
}
