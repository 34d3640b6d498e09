import { MOST_FILE_BYTES, MOST_FILES } from "../../wire.ts";
import { words } from "../page.ts";
import { makePreview } from "./preview.ts";
import { upload } from "./upload.ts";

export interface LocalPhoto {
  readonly id: string;
  readonly name: string;
  readonly file: Blob;
  state: "waiting" | "held" | "sending" | "sent" | "failed" | "refused";
  /** 0 to 1. */
  share: number;
  message: string;
}

/** Photos that a person added at one time; they are one message of theirs, under this id. */
export interface Batch {
  readonly id: string;
  readonly photos: LocalPhoto[];
  /** Says which files were left out, if any. */
  readonly note: string;
}

export interface QueueParts {
  /** Whether photos are taken now; asked again after every press. */
  readonly mayUpload: () => Promise<boolean>;
  /** The person is shown what to agree to. */
  readonly askConsent: () => void;
  readonly onChange: (batch: Batch) => void;
  /** Names of photos that are here already, so that two photos never share one. */
  readonly takenNames: () => ReadonlySet<string>;
}

export interface UploadQueue {
  add(files: readonly File[]): void;
  retry(photoId: string): void;
  /** Something changed that may let photos go: a press, or the connection is back. */
  nudge(reason: "press" | "connected"): void;
  /** Nothing waits in the page that would be lost with it. */
  isIdle(): boolean;
}

const AT_ONCE = 2;
const MOST_NAMED = 5;

/** Photos wait here for the consent and the connection, and go two at a time. */
export function createQueue(parts: QueueParts): UploadQueue {
  const batches = new Map<string, Batch>();
  let running = 0;
  let asking: Promise<void> | null = null;
  let allowed = false;

  const everyPhoto = function* (): Generator<readonly [Batch, LocalPhoto]> {
    for (const batch of batches.values()) for (const photo of batch.photos) yield [batch, photo];
  };

  function change(batch: Batch, photo: LocalPhoto, news: Partial<LocalPhoto>): void {
    Object.assign(photo, news);
    parts.onChange(batch);
  }

  async function send(batch: Batch, photo: LocalPhoto): Promise<void> {
    running++;
    change(batch, photo, { state: "sending", share: 0, message: "" });
    const done = await upload(photo, batch.id, (share) => change(batch, photo, { share }));
    running--;
    if (done.kind === "taken") change(batch, photo, { state: "sent", share: 1, message: words.uploads.sent });
    else if (done.kind === "consent_first") {
      allowed = false;
      change(batch, photo, { state: "waiting", share: 0 });
    } else change(batch, photo, { state: done.kind, message: done.message });
    pump();
  }

  /** Asks whether photos are taken; those that are not wait in the page. */
  async function ask(): Promise<void> {
    allowed = await parts.mayUpload();
    let held = 0;
    for (const [batch, photo] of everyPhoto()) {
      if (allowed && photo.state === "held") change(batch, photo, { state: "waiting", message: "" });
      if (!allowed && photo.state === "waiting") {
        held++;
        change(batch, photo, { state: "held", message: words.uploads.held });
      }
    }
    if (held > 0) parts.askConsent();
  }

  function pump(): void {
    const next = [...everyPhoto()].filter(([, photo]) => photo.state === "waiting");
    if (next.length === 0) return;
    if (!allowed) {
      asking ??= ask().finally(() => {
        asking = null;
        if (allowed) pump();
      });
      return;
    }
    for (const [batch, photo] of next.slice(0, Math.max(0, AT_ONCE - running))) void send(batch, photo);
  }

  return {
    add(files) {
      const taken = new Set(parts.takenNames());
      for (const [, { name }] of everyPhoto()) taken.add(name);
      const photos = files.slice(0, MOST_FILES).map((file) => localPhoto(file, unused(file.name, taken)));
      const batch: Batch = { id: crypto.randomUUID(), photos, note: leftOut(files.slice(MOST_FILES)) };
      batches.set(batch.id, batch);
      parts.onChange(batch);
      for (const { name, file } of photos) void makePreview(name, file).then(() => parts.onChange(batch));
      pump();
    },
    retry(photoId) {
      for (const [batch, photo] of everyPhoto()) {
        if (photo.id === photoId && photo.state === "failed")
          change(batch, photo, { state: "waiting", message: "" });
      }
      pump();
    },
    nudge(reason) {
      for (const [batch, photo] of everyPhoto()) {
        if (reason === "connected" && photo.state === "failed") {
          change(batch, photo, { state: "waiting", message: "" });
        }
      }
      const isHeld = [...everyPhoto()].some(([, photo]) => photo.state === "held");
      if (isHeld) void ask().then(pump);
      else pump();
    },
    isIdle: () => [...everyPhoto()].every(([, { state }]) => state === "sent" || state === "refused"),
  };
}

function localPhoto(file: File, name: string): LocalPhoto {
  const hopeless =
    file.size > MOST_FILE_BYTES ? words.uploads.tooLarge : file.size === 0 ? words.uploads.empty : "";
  const state = hopeless === "" ? "waiting" : "refused";
  return { id: crypto.randomUUID(), name, file, state, share: 0, message: hopeless };
}

/** Two photos of the same name would be taken for one: the second becomes "name (2)". */
function unused(fileName: string, taken: Set<string>): string {
  const plain = fileName === "" ? "photo" : fileName;
  let name = plain;
  for (let n = 2; taken.has(name); n++) name = plain.replace(/(\.\w+)?$/, ` (${n})$1`);
  taken.add(name);
  return name;
}

function leftOut(files: readonly File[]): string {
  if (files.length === 0) return "";
  const names = files.slice(0, MOST_NAMED).map((file) => file.name);
  if (files.length > names.length) names.push(words.uploads.more(files.length - names.length));
  return words.uploads.leaving(names.join(", "), files.length);
}
