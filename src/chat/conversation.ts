import { raw } from "../db/index.ts";
import type { ChatEvent } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { ForPeople, Who } from "../ports/for-people.ts";
import type { StepHandlers } from "../ports/jobs.ts";
import type { Answer, Expects, Turn } from "./answer.ts";
import { answerCommand, parseCommand } from "./commands.ts";
import { deliverMessage } from "./deliver.ts";
import { inTurn } from "./in-turn.ts";
import { answerPhotos } from "./photos.ts";
import { answerPress } from "./presses/index.ts";
import type { RenderDeps } from "./render/index.ts";
import { refreshCard, showCard } from "./show.ts";
import { answerWords, redeemCode, sendReport } from "./words.ts";

export type ConversationDeps = RenderDeps & Pick<Deps, "ids" | "log" | "waker" | "senders">;

export interface Conversation {
  /**
   * Answers one event by delivery rows. A repeat of an event changes nothing.
   * Throws `AppError` when the database or the disk refuses; a transport then says `explainError` and may repeat the event.
   */
  onChatEvent(event: ChatEvent): Promise<void>;
  readonly handlers: StepHandlers;
}

async function wasAnswered(deps: ConversationDeps, eventId: string): Promise<boolean> {
  return (await deps.db.query("SELECT 1 FROM chat_event WHERE id = ?", [eventId])).length > 0;
}

async function expected(deps: ConversationDeps, who: Who): Promise<Expects> {
  const [row] = await deps.db.query("SELECT expects FROM conversation WHERE person_id = ? AND chat_id = ?", [
    who.personId,
    who.chatId,
  ]);
  const expects = row?.["expects"];
  return expects === "link_code" || expects === "report" ? expects : "nothing";
}

function expect(deps: ConversationDeps, who: Who, expects: Expects): Statement {
  return expects === "nothing"
    ? raw("DELETE FROM conversation WHERE person_id = ? AND chat_id = ?", [who.personId, who.chatId])
    : raw(
        `INSERT INTO conversation (person_id, chat_id, expects, updated_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (person_id, chat_id) DO UPDATE SET expects = excluded.expects, updated_at = excluded.updated_at`,
        [who.personId, who.chatId, expects, deps.clock.now()],
      );
}

async function answerText(deps: ConversationDeps, turn: Turn, text: string): Promise<Answer> {
  const command = parseCommand(text);
  if (command !== null) return answerCommand(turn, command.name, command.argument);
  const expects = text.trim() === "" ? "nothing" : await expected(deps, turn.who);
  if (expects === "link_code") return redeemCode(turn, text);
  if (expects === "report") return sendReport(turn, text);
  return answerWords(turn, text);
}

function answerEvent(deps: ConversationDeps, turn: Turn, { body }: ChatEvent): Promise<Answer> {
  switch (body.kind) {
    case "command":
      return answerCommand(turn, body.name, body.argument);
    case "press":
      return answerPress(turn, body.action);
    case "text":
      return answerText(deps, turn, body.text);
    case "photos":
      return answerPhotos(turn, body.photos);
  }
}

/**
 * The one conversation of all chats. Verbs of the service may be repeated, so an event that was lost between its verb
 * and its answer is simply done again; the answer and the note that it was given are one batch.
 */
export function createConversation(deps: ConversationDeps, people: ForPeople): Conversation {
  const oneByOne = inTurn();

  async function commit(eventId: string, who: Who, answer: Answer, place: "bottom" | "near"): Promise<void> {
    const to = answer.to ?? who;
    const statements: Statement[] = [
      raw("INSERT INTO chat_event (id, at) VALUES (?, ?)", [eventId, deps.clock.now()]),
      expect(deps, to, answer.expects ?? "nothing"),
    ];
    for (const card of answer.stale ?? []) statements.push(...(await refreshCard(deps, to, card)));
    const { card, notice } = answer;
    statements.push(...(await showCard(deps, to, { card, notice, place: answer.place ?? place })));
    const result = await deps.db.batch(statements);
    if (!result.ok && !(result.kind === "constraint" && result.index === 0)) {
      throw new AppError("CONFLICT", "an answer met another change", { retryable: true });
    }
    deps.waker.notify();
  }

  async function answerOnce(event: ChatEvent): Promise<void> {
    const eventId = `${event.account.platform}:${event.id}`;
    if (await wasAnswered(deps, eventId)) return;
    const who = await people.meet(event.account, event.address, event.language);
    const answer = await answerEvent(deps, { people, who, eventId, deps }, event);
    // A press is answered where the button is; words and photos are answered below them.
    await commit(eventId, who, answer, event.body.kind === "press" ? "near" : "bottom");
  }

  return {
    onChatEvent: (event) =>
      oneByOne(`${event.account.platform}:${event.account.externalId}`, () => answerOnce(event)),
    handlers: { "delivery.deliver": deliverMessage(deps, people) },
  };
}
