import type { Button, SelfieView } from "../../ports/chat.ts";
import type { FaceDetails, SelfieDetails } from "../../ports/for-people.ts";
import type { Copy } from "../copy/index.ts";
import { button, primary, text, view, type Renderer } from "./context.ts";

function selfieButtons(copy: Copy, selfie: SelfieDetails): Button[] {
  if (selfie.verdict !== "warn" && selfie.verdict !== "keep") return [];
  const leaveOut = button(copy.buttons.leaveOut, { do: "drop_selfie", selfieId: selfie.id });
  if (selfie.counts || selfie.confirmed) return [leaveOut];
  const isThem = selfie.reasons.includes("different_person");
  return [
    button(isThem ? copy.buttons.thatIsMe : copy.buttons.keepIt, {
      do: "keep_selfie",
      selfieId: selfie.id,
    }),
    leaveOut,
  ];
}

/** A photo's verdict as a word and one line of advice. */
export function selfieView(copy: Copy, selfie: SelfieDetails): SelfieView {
  const words = copy.selfies;
  const base = { selfieId: selfie.id, name: selfie.name, buttons: selfieButtons(copy, selfie) };
  if (selfie.verdict === null) {
    return { ...base, verdict: "checking", word: words.verdicts.checking, advice: words.checkingAdvice };
  }
  const asks = selfie.verdict === "warn" && !selfie.counts && !selfie.confirmed;
  // The question is what the person must read, so its reason goes before the others.
  const code = asks && selfie.reasons.includes("different_person") ? "different_person" : selfie.reasons[0];
  const reason = code === undefined ? null : words.reasons[code];
  const verdict = asks ? words.question : selfie.confirmed ? words.confirmed : words.verdicts[selfie.verdict];
  return {
    ...base,
    verdict: selfie.verdict,
    word: reason === null || selfie.confirmed ? verdict : `${verdict} · ${reason.word}`,
    advice:
      selfie.verdict === "stop"
        ? words.stopAdvice
        : reason === null || selfie.confirmed
          ? words.keepAdvice
          : reason.advice,
  };
}

const isHere = (selfie: SelfieDetails): boolean => selfie.state !== "removed" && selfie.state !== "expired";

/** "6 good, 2 more would help: look left, smile". */
export function setSummary(copy: Copy, face: FaceDetails): string {
  const words = copy.selfies;
  const checking = face.selfies.filter((selfie) => isHere(selfie) && selfie.verdict === null).length;
  const wanted = face.wanted.filter((view) => view !== "more").map((view) => words.wanted[view]);
  const parts = [words.good(face.kept)];
  if (checking > 0) parts.push(words.checking(checking));
  // Photos that are still being checked may be good: only what is missing beyond them is asked for.
  const hoped = face.kept + checking;
  if (hoped < face.needed) parts.push(words.needed(face.needed - hoped));
  else if (hoped < face.advised) parts.push(words.wouldHelp(face.advised - hoped));
  else if (wanted.length === 0 && checking === 0) parts.push(words.enough);
  const summary = parts.join(", ");
  return wanted.length === 0 ? summary : `${summary}: ${wanted.join(", ")}`;
}

/** The sheet of photos with their verdicts, edited in place as they come in. */
export const renderSelfies: Renderer<"selfies"> = async ({ copy, people, who }, { faceId }) => {
  const [face, overview] = await Promise.all([people.face(who, faceId), people.overview(who)]);
  if (face === null) return view([text(copy.account.faces.gone, "muted")]);
  const words = copy.selfies;
  const draft = overview.draft?.faceId === faceId ? overview.draft : null;
  const selfies = face.selfies.filter(isHere).map((selfie) => selfieView(copy, selfie));
  const questions = face.selfies.filter(
    (selfie) => isHere(selfie) && selfie.verdict === "warn" && !selfie.counts && !selfie.confirmed,
  ).length;
  const enough = face.kept >= face.needed;
  const weak = enough && face.settled && face.setScore !== null && face.setScore < 80;
  const empty = face.needed <= 1 ? words.empty : words.emptyFor(face.needed, face.advised);
  const rows: Button[][] = [];
  if (draft !== null && enough) {
    rows.push([primary(copy.buttons.styles, { do: "styles", orderId: draft.id })]);
  }
  if (draft === null && overview.running.length === 0) {
    rows.push([primary(copy.buttons.newOrder, { do: "command", name: "headshots" })]);
  }
  rows.push([
    button(copy.buttons.tips, { do: "tips" }),
    ...(draft === null ? [] : [button(copy.buttons.cancel, { do: "cancel", orderId: draft.id })]),
  ]);
  return view(
    [
      selfies.length === 0
        ? text(empty)
        : {
            kind: "selfies",
            selfies,
            summary: setSummary(copy, face),
            wanted: face.wanted.filter((wish) => wish !== "more").map((wish) => words.wanted[wish]),
          },
      questions > 0 ? text(words.questions(questions), "notice") : null,
      weak ? text(words.weakSet, "muted") : null,
      draft !== null && enough && face.settled ? text(words.next, "muted") : null,
    ],
    rows,
  );
};

export const renderTips: Renderer<"tips"> = ({ copy }) =>
  view([text(copy.selfies.tipsTitle), ...copy.selfies.tips.map((tip) => text(tip, "muted"))]);
