import type { Capability } from "./jobs.ts";
import type { LikenessBand, StyleKey } from "./product.ts";
import type { Statement } from "./database.ts";
import type { CropKind } from "./imaging.ts";

export type Platform = "web" | "discord" | "telegram" | "cli";

export type Language = "en" | "de";

export const COMMANDS = [
  "headshots",
  "status",
  "orders",
  "faces",
  "styles",
  "balance",
  "link",
  "export",
  "delete",
  "privacy",
  "report",
  "help",
  "language",
] as const;

export type CommandName = (typeof COMMANDS)[number] | "start" | "cancel" | "terms" | "paysupport" | "console";

/** Somebody on a platform. `externalId` is the platform's account id, or the visitor's id in the browser. */
export interface ChatAccount {
  readonly platform: Platform;
  readonly externalId: string;
}

/** A photo that a person offers. Bytes are at hand only in the browser and on the command line. */
export type PhotoOffer =
  | {
      readonly kind: "reference";
      readonly reference: string;
      readonly uniqueId: string;
      readonly bytes: number | null;
      readonly name: string | null;
    }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly name: string | null };

export type ChatEventBody =
  | { readonly kind: "command"; readonly name: CommandName; readonly argument: string | null }
  /** A button: `action` is what the view's button carried. */
  | { readonly kind: "press"; readonly action: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "photos"; readonly photos: readonly PhotoOffer[] };

/** A person did something. `id` makes a repeat harmless. */
export interface ChatEvent {
  readonly id: string;
  readonly account: ChatAccount;
  /** Where to answer: channel or chat id; the visitor's id in the browser. */
  readonly address: string;
  readonly language: Language | null;
  readonly body: ChatEventBody;
}

/** Something moved in the engine that the person should hear of. Carries ids only. */
export type EngineEvent =
  | {
      readonly kind: "selfie_judged";
      readonly personId: string;
      readonly chatId: string;
      readonly faceId: string;
      readonly selfieId: string;
    }
  | {
      readonly kind: "order_moved";
      readonly personId: string;
      readonly chatId: string;
      readonly orderId: string;
    }
  | {
      readonly kind: "picture_ready";
      readonly personId: string;
      readonly chatId: string;
      readonly orderId: string;
      readonly pictureId: string;
    }
  | {
      readonly kind: "results_ready";
      readonly personId: string;
      readonly chatId: string;
      readonly orderId: string;
      /** 0 for the first pictures, 1 after the retake: each is a message of its own. */
      readonly round: number;
    }
  | {
      readonly kind: "order_failed";
      readonly personId: string;
      readonly chatId: string;
      readonly orderId: string;
    }
  | {
      readonly kind: "order_cancelled";
      readonly personId: string;
      readonly chatId: string;
      readonly orderId: string;
    }
  | {
      readonly kind: "order_refunded";
      readonly personId: string;
      readonly chatId: string;
      readonly orderId: string;
    }
  | {
      readonly kind: "rating_wanted";
      readonly personId: string;
      readonly chatId: string;
      readonly orderId: string;
      /** Votes come in a row: the question waits this long and each further vote moves it on. */
      readonly delayMs: number;
    }
  | {
      readonly kind: "export_ready";
      readonly personId: string;
      readonly chatId: string;
      readonly blobId: string;
    }
  | {
      readonly kind: "erased";
      readonly personId: string;
      readonly chatId: string;
      readonly receiptId: string;
    };

/** Turns an engine event into delivery rows, to be committed with the change that caused it. */
export type Announce = (event: EngineEvent) => readonly Statement[];

/** A message to be shown, named and not worded: `chat/render` words it at sending time in the person's language. */
export interface DeliveryRow {
  readonly id: string;
  readonly personId: string;
  readonly chatId: string;
  readonly platform: Platform;
  readonly address: string;
  readonly kind: string;
  /** Ids that the renderer needs, by name. */
  readonly ids: Readonly<Record<string, string>>;
  /** Progress and acknowledgements may be dropped after an unknown outcome; results are repeated once. */
  readonly importance: "result" | "progress";
  readonly version: number;
  readonly messageRef: string | null;
  readonly shownHash: string | null;
  readonly resend: boolean;
}

export interface Button {
  readonly label: string;
  /** At most 64 bytes (Telegram's callback limit). */
  readonly action: string;
  readonly look: "primary" | "plain" | "danger";
}

export interface PictureView {
  readonly pictureId: string;
  readonly blobId: string;
  readonly alt: string;
  readonly caption: string;
  readonly band: LikenessBand | null;
  readonly bandText: string;
  readonly width: number;
  readonly height: number;
  /** Selfie that the picture was made from, for before and after; null where there is none. */
  readonly sourceSelfieId: string | null;
  readonly vote: "yes" | "no" | null;
  /** What can be done with this picture; a platform with an own viewer may answer full size and crops itself. */
  readonly buttons: {
    readonly yes: Button;
    readonly no: Button;
    readonly fullSize: Button;
    readonly crops: Button;
  };
}

export type SquareState = "waiting" | "working" | "done" | "failed";

export interface SelfieView {
  readonly selfieId: string;
  readonly name: string | null;
  /** checking until the verdict is known. */
  readonly verdict: "checking" | "keep" | "warn" | "refuse" | "stop";
  readonly word: string;
  readonly advice: string;
  readonly buttons: readonly Button[];
}

/** What a message is made of. Each platform draws every block in its own way; none carries markup. */
export type Block =
  | { readonly kind: "text"; readonly text: string; readonly tone?: "plain" | "muted" | "notice" | "problem" }
  | {
      readonly kind: "selfies";
      readonly selfies: readonly SelfieView[];
      readonly summary: string;
      readonly wanted: readonly string[];
    }
  | {
      readonly kind: "styles";
      readonly choices: readonly {
        readonly key: StyleKey;
        readonly title: string;
        readonly line: string;
        readonly chosen: boolean;
        readonly action: string;
        readonly available: boolean;
      }[];
    }
  | {
      readonly kind: "receipt";
      readonly title: string;
      readonly lines: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      readonly kind: "status";
      readonly stage: string;
      readonly squares: readonly { readonly state: SquareState; readonly word: string }[];
      readonly progress: number | null;
      readonly eta: string | null;
      readonly live: boolean;
    }
  | { readonly kind: "gallery"; readonly pictures: readonly PictureView[] }
  /** Short facts side by side: what it costs, how long it takes, what happens to the photos. */
  | { readonly kind: "facts"; readonly facts: readonly { readonly label: string; readonly text: string }[] }
  /** One picture as a file: sent as a document, or a link to download. Bytes come from `pictureFile`. */
  | {
      readonly kind: "file";
      readonly pictureId: string;
      readonly crop: CropKind | "original";
      readonly label: string;
    }
  | { readonly kind: "download"; readonly label: string; readonly url: string };

export interface View {
  readonly blocks: readonly Block[];
  readonly buttons: readonly (readonly Button[])[];
}

export type SendResult =
  | { readonly kind: "sent"; readonly messageRef: string }
  /** The chat will never take messages again (blocked, left): remember and leave alone. */
  | { readonly kind: "gone"; readonly detail: string }
  | { readonly kind: "later"; readonly retryAfterMs: number }
  /** The answer was lost: it may or may not have been shown. */
  | { readonly kind: "unknown"; readonly detail: string };

/** One platform's way out. Editing an existing message is by `delivery.messageRef`. */
export interface ChatSender {
  readonly platform: Platform;
  readonly needs: Capability;
  send(delivery: DeliveryRow, view: View, signal: AbortSignal): Promise<SendResult>;
}
