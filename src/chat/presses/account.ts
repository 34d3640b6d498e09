import type { Language } from "../../ports/chat.ts";
import type { Answer, Turn } from "../answer.ts";
import { currentWith } from "../current-card.ts";

export async function askDeleteFace(turn: Turn, faceId: string): Promise<Answer> {
  return (await turn.people.face(turn.who, faceId)) === null
    ? currentWith(turn, { code: "no_such_face" })
    : { card: { kind: "face_delete", ids: { faceId } } };
}

export async function deleteFace(turn: Turn, faceId: string): Promise<Answer> {
  const deleted = await turn.people.deleteFace(turn.who, faceId);
  if (deleted === null) return { card: { kind: "faces" }, notice: { code: "no_such_face" } };
  return {
    card: { kind: "faces" },
    notice: { code: "face_deleted", photos: deleted.photos, pictures: deleted.pictures },
    stale: [
      { kind: "face_delete", ids: { faceId } },
      { kind: "selfies", ids: { faceId } },
    ],
  };
}

export async function eraseEverything({ people, who }: Turn): Promise<Answer> {
  await people.askErasure(who);
  return { card: { kind: "erasing" } };
}

export async function chooseLanguage(turn: Turn, language: Language): Promise<Answer> {
  await turn.people.setLanguage(turn.who, language);
  return { card: { kind: "language" }, place: "same" };
}
