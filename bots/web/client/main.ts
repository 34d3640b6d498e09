import type { WireMessage } from "../wire.ts";
import { askMe } from "./api.ts";
import { createCommands } from "./commands.ts";
import { startComposer } from "./composer.ts";
import { el } from "./element.ts";
import { isLanguage } from "./known-actions.ts";
import { keepMasonry } from "./masonry.ts";
import { createOutbox } from "./outbox.ts";
import { byId, words } from "./page.ts";
import { takeDroppedAndPasted } from "./photos/drop.ts";
import { createQueue, type Batch } from "./photos/queue.ts";
import { createScroller } from "./scroll.ts";
import { createSelfieDialog } from "./selfie-dialog.ts";
import { speak, spokenView } from "./speak.ts";
import { follow } from "./stream.ts";
import { createTranscript } from "./transcript.ts";
import { createViewer } from "./viewer.ts";

const PRESSED_MS = 1200;

const list = byId("transcript", HTMLElement);
const transcript = createTranscript(list);
const scroller = createScroller(list);
const viewer = createViewer(press);
const selfieDialog = createSelfieDialog(press);
const outbox = createOutbox((waiting) => showBanner(waiting ? words.offline : null));

let isReady = false;

function showBanner(text: string | null, reload = false): void {
  const banner = byId("banner", HTMLElement);
  banner.hidden = text === null;
  banner.replaceChildren(
    ...(text === null ? [] : [el("span", {}, text)]),
    ...(reload
      ? [el("button", { class: "link-button", type: "button", "data-reload": true }, words.reloadButton)]
      : []),
  );
}

function refused(code: string, message: string): void {
  if (code === "no_visit") showBanner(message, true);
  else speak(message);
}

/** A button: shown as pressed until its answer came, so that a second press does nothing. */
function press(action: string): void {
  const buttons = [...document.querySelectorAll<HTMLElement>(`[data-press="${CSS.escape(action)}"]`)];
  if (buttons.some((button) => button.getAttribute("aria-busy") === "true")) return;
  for (const button of buttons) {
    button.setAttribute("aria-busy", "true");
    if (button.classList.contains("style-card")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    }
  }
  void sendPress(action, buttons);
}

async function sendPress(action: string, buttons: readonly HTMLElement[]): Promise<void> {
  const answer = await outbox.send({ kind: "press", action });
  setTimeout(() => buttons.forEach((button) => button.removeAttribute("aria-busy")), PRESSED_MS);
  if (answer.ok) {
    if (isLanguage(action) && queue.isIdle()) location.reload();
    return queue.nudge("press");
  }
  refused(answer.code, answer.message);
  if (answer.code !== "no_visit") showBanner(answer.message);
}

async function say(text: string, id: string = crypto.randomUUID()): Promise<void> {
  transcript.note(id, null);
  scroller.keep(() => transcript.putLocal({ id, kind: "text", text }), true);
  const answer = await outbox.send({ kind: "text", text }, id);
  if (answer.ok) return;
  refused(answer.code, answer.message);
  transcript.note(id, `${words.notSent} ${answer.message}`);
}

const saidTexts = new Map<string, string>();

function sayNew(text: string): void {
  const id = crypto.randomUUID();
  saidTexts.set(id, text);
  void say(text, id);
}

function announceUploads({ photos }: Batch): void {
  const sent = photos.filter(({ state }) => state === "sent").length;
  if (sent > 0) speak(words.uploads.announce(sent, photos.length));
}

const queue = createQueue({
  async mayUpload() {
    const me = await askMe();
    if (!me.ok) refused(me.code, me.message);
    return me.ok && me.value.consented;
  },
  askConsent: () => void outbox.send({ kind: "command", name: "headshots" }),
  onChange(batch) {
    scroller.keep(() => transcript.putLocal({ id: batch.id, kind: "photos", batch }), true);
    announceUploads(batch);
  },
  takenNames: () => transcript.photoNames(),
});

function receive(message: WireMessage): void {
  const before = transcript.get(message.id);
  const focused = document.activeElement;
  scroller.keep(() => transcript.put(message), message.author === "person" && isReady);
  viewer.sync(message.id, message.view);
  selfieDialog.sync(message.id, message.view);
  if (!isReady || message.author !== "bot") return;
  const spoken = spokenView(message.view);
  if (before === null || spokenView(before.view) !== spoken) speak(spoken);
  // The button that had the focus is gone: the next question takes it.
  if (focused !== null && !focused.isConnected) transcript.current()?.focus({ preventScroll: true });
}

const stream = follow({
  message: receive,
  ready({ firstAt }) {
    transcript.dropBefore(firstAt);
    if (isReady) return;
    isReady = true;
    byId("opening", HTMLElement).hidden = true;
    if (transcript.isEmpty()) void outbox.send({ kind: "command", name: "start" });
    else scroller.toNewest(false);
  },
  connected(connected) {
    showBanner(connected ? null : words.offline);
    if (!connected) return;
    outbox.hurry();
    queue.nudge("connected");
  },
});

function clicked(target: Element): void {
  const data = (name: string): string | null =>
    target.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? null;
  const inMessage = target.closest(".message")?.getAttribute("data-key") ?? "";
  const view = transcript.get(inMessage)?.view;
  const action = data("press");
  const pictureId = data("picture");
  const selfieId = data("selfie");
  const photoId = data("retry");
  const saidId = data("again");
  if (action !== null && target.closest("dialog") === null) press(action);
  else if (pictureId !== null && view !== undefined) viewer.open(inMessage, view, pictureId);
  else if (selfieId !== null && view !== undefined) selfieDialog.open(inMessage, view, selfieId);
  else if (photoId !== null) queue.retry(photoId);
  else if (saidId !== null) void say(saidTexts.get(saidId) ?? "", saidId);
  else if (data("attach") !== null) byId("file-attach", HTMLInputElement).click();
  else if (data("reload") !== null) location.reload();
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element) clicked(event.target);
});
// A stored photo that is not there leaves the blank behind it.
document.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLImageElement) event.target.hidden = true;
  },
  true,
);
window.addEventListener("online", () => {
  stream.hurry();
  outbox.hurry();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && stream.hurry());

keepMasonry(list);
byId("no-script", HTMLElement).remove();
byId("dock", HTMLElement).hidden = false;
byId("opening", HTMLElement).hidden = false;
const field = startComposer({ say: sayNew, addPhotos: (files) => queue.add(files) });
createCommands(field, (name) => sayNew(`/${name}`));
takeDroppedAndPasted(byId("drop-overlay", HTMLElement), (files) => queue.add(files));
