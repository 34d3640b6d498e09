import type { ChatEvent, SelfieView, View } from "../../../src/ports/chat.ts";
import type { WebKit } from "./kit.ts";
import * as views from "./views.ts";

/** What goes on after the answer; the test may be over before it is. */
const later = (work: Promise<void>): void => void work.catch(() => undefined);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Plays the conversation of a whole order, as the real one would, for tests of the page alone. */
export function playOrder(to: WebKit, paceMs = 60): void {
  const kit = {
    consented: to.consented,
    // Deliveries have ids of their own, whoever they are for.
    show: (address: string, id: string, view: View, kind?: string) =>
      to.show(address, `${id}@${address}`, view, kind),
  };

  const selfies: SelfieView[] = [];
  const votes: Record<string, "yes" | "no"> = {};
  let chosen: readonly string[] = [];
  let notices = 0;

  async function showSheet(address: string): Promise<void> {
    const good = selfies.filter(({ verdict }) => verdict === "keep").length;
    const view = views.sheet(selfies, `${good} good, that is enough`, ["look left", "smile"]);
    await kit.show(address, "sheet", view, "selfies");
  }

  async function judge(address: string, name: string): Promise<void> {
    const id = `S${selfies.length + 1}`;
    selfies.push(views.selfie(id, name, "checking", "Checking", "Looking at it now."));
    await showSheet(address);
    await pause(paceMs * 3);
    const at = selfies.findIndex(({ selfieId }) => selfieId === id);
    selfies[at] = name.startsWith("group")
      ? views.selfie(id, name, "refuse", "Left out · More than one face", "Someone else is in the frame.")
      : views.selfie(id, name, "keep", "Good", "Good photo.");
    await showSheet(address);
  }

  async function make(address: string): Promise<void> {
    for (let done = 0; done <= 8; done++) {
      await kit.show(address, "status", views.status(done, 8));
      await pause(paceMs);
    }
    await kit.show(address, "results", views.results(votes));
  }

  async function pressed(address: string, action: string): Promise<void> {
    const [word = "", , key = "", on] = action.split(":");
    if (word === "begin") await kit.show(address, "consent", views.consent);
    else if (word === "consent") {
      kit.consented.add(address);
      await kit.show(address, "sheet", views.askPhotos, "selfies");
    } else if (word === "drop") {
      selfies.splice(
        selfies.findIndex(({ selfieId }) => action === `drop:${selfieId}`),
        1,
      );
      await showSheet(address);
    } else if (word === "styles") await kit.show(address, "styles", views.styles(chosen));
    else if (word === "st") {
      chosen = on === "1" ? [...chosen, key] : chosen.filter((other) => other !== key);
      await kit.show(address, "styles", views.styles(chosen));
    } else if (word === "quote") await kit.show(address, "quote", views.quote);
    else if (word === "go") later(make(address));
    else if (word === "yes" || word === "no") {
      votes[action.slice(word.length + 1)] = word;
      await kit.show(address, "results", views.results(votes));
    }
  }

  to.answer(async ({ address, body }: ChatEvent) => {
    if (body.kind === "command") {
      if (kit.consented.has(address)) await kit.show(address, "sheet", views.askPhotos, "selfies");
      else if (body.name === "start") await kit.show(address, "welcome", views.welcome);
      else await kit.show(address, "consent", views.consent);
    } else if (body.kind === "press") await pressed(address, body.action);
    else if (body.kind === "text") {
      await kit.show(
        address,
        `notice-${++notices}`,
        views.view([views.text(`You wrote: ${body.text}`, "notice")]),
      );
    } else for (const photo of body.photos) later(judge(address, photo.name ?? "photo"));
  });
}
