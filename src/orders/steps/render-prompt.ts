import { and, eq } from "drizzle-orm";
import { raw, write } from "../../db/index.ts";
import { runAttempt } from "../../jobs/index.ts";
import { budgetScopes } from "../../money/index.ts";
import { AppError } from "../../ports/errors.ts";
import type { Statement } from "../../ports/database.ts";
import type { StepHandler } from "../../ports/jobs.ts";
import type { RunOutput, RunSnapshot } from "../../ports/provider.ts";
import { storePicture, type DigitalSource } from "../../pictures/index.ts";
import { meanIdentity, selfieBlob } from "../../selfies/index.ts";
import type { OrderDeps, OrderRow } from "../order-deps.ts";
import { readOrder } from "../read.ts";
import { prompts } from "../schema.ts";

const DEADLINE_MS = 10 * 60_000;

type PromptRow = typeof prompts.$inferSelect;

async function readPrompt(deps: OrderDeps, id: string): Promise<PromptRow | null> {
  const [row] = await deps.db.orm.select().from(prompts).where(eq(prompts.id, id));
  return row ?? null;
}

function endPrompt(
  deps: OrderDeps,
  prompt: PromptRow,
  state: "done" | "failed",
  failureText: string | null,
): Statement[] {
  const now = deps.clock.now();
  return [
    write(
      deps.db.orm
        .update(prompts)
        .set({ state, failureText, finishedAt: now })
        .where(eq(prompts.id, prompt.id)),
    ),
    // The batch is serial with all others, so exactly the last prompt of the round finds none open and wakes the sorting.
    raw(
      `UPDATE step SET run_at = ? WHERE subject = 'order' AND subject_id = ? AND kind = 'sort' AND ordinal = ?
        AND state IN ('ready','leased') AND NOT EXISTS (SELECT 1 FROM prompts WHERE order_id = ? AND round = ? AND state IN ('waiting','working'))`,
      [now, prompt.orderId, prompt.round, prompt.orderId, prompt.round],
    ),
  ];
}

function digitalSourceOf(order: OrderRow, output: RunOutput): DigitalSource {
  if (order.product !== "studio") return "trainedAlgorithmicMedia";
  return output.kind === "bytes" && !output.backdropReplaced
    ? "algorithmicallyEnhanced"
    : "compositeSynthetic";
}

/** `prompt.render`: one picture through its provider, copied to our storage in the batch that settles it. */
export function renderPrompt(deps: OrderDeps): StepHandler {
  return async (step, run) => {
    const prompt = await readPrompt(deps, step.subjectId);
    const order = prompt === null ? null : await readOrder(deps, prompt.orderId);
    if (prompt === null || order === null)
      return { kind: "failed", reason: "the prompt or its order is gone" };
    const provider = deps.providers.get(prompt.provider);
    if (provider === undefined) {
      return {
        kind: "snooze",
        until: deps.clock.now() + 60_000,
        reason: `${prompt.provider} is not set up here`,
      };
    }
    const photo = prompt.sourceSelfieId === null ? null : await selfieBlob(deps, prompt.sourceSelfieId);
    if (prompt.state === "waiting") await markWorking(deps, prompt, order);

    const succeeded = async (snapshot: RunSnapshot): Promise<readonly Statement[]> => {
      const stored: Statement[] = [];
      const reference = await meanIdentity(deps, order.faceId);
      for (const [ordinal, output] of snapshot.outputs.entries()) {
        const { bytes } = await provider.collect(output);
        const rows = await storePicture(deps, {
          orderId: order.id,
          promptId: prompt.id,
          ordinal,
          personId: order.personId,
          reference,
          style: prompt.style,
          sourceSelfieId: prompt.sourceSelfieId,
          bytes,
          digitalSource: digitalSourceOf(order, output),
        });
        stored.push(...rows);
      }
      return [...stored, ...endPrompt(deps, prompt, "done", null), ...moved(deps, order)];
    };

    return runAttempt(deps, step, run, {
      provider,
      orderId: order.id,
      budgetScopes: budgetScopes(deps, { provider: provider.name, personId: order.personId }),
      webhookUrl: null,
      deadlineMs: DEADLINE_MS,
      input: {
        kind: "render",
        promptId: prompt.id,
        product: order.product,
        personId: order.personId,
        style: prompt.style,
        seed: prompt.seed,
        photos: photo === null ? [] : [photo],
        tune: null,
        promptText: prompt.text,
        count: 1,
      },
      succeeded,
      failed: (failure) => {
        if (failure.class === "retryable") {
          throw new AppError("PROVIDER_FAILED", failure.detail, { retryable: true });
        }
        const also = [...endPrompt(deps, prompt, "failed", failure.code), ...moved(deps, order)];
        return Promise.resolve({ kind: "failed", reason: `${failure.code}: ${failure.detail}`, also });
      },
    });
  };
}

/** A prompt whose step died after its last try; the order goes on with the pictures that were made. */
export async function promptDied(deps: OrderDeps, promptId: string): Promise<readonly Statement[]> {
  const prompt = await readPrompt(deps, promptId);
  if (prompt === null || prompt.state === "done") return [];
  const order = await readOrder(deps, prompt.orderId);
  return [...endPrompt(deps, prompt, "failed", "gave_up"), ...(order === null ? [] : moved(deps, order))];
}

function moved(deps: OrderDeps, order: OrderRow): readonly Statement[] {
  return deps.announce({
    kind: "order_moved",
    personId: order.personId,
    chatId: order.chatId,
    orderId: order.id,
  });
}

/** Shows the square as at work; losing this is only a square that stays grey. */
async function markWorking(deps: OrderDeps, prompt: PromptRow, order: OrderRow): Promise<void> {
  await deps.db.batch([
    write(
      deps.db.orm
        .update(prompts)
        .set({ state: "working" })
        .where(and(eq(prompts.id, prompt.id), eq(prompts.state, "waiting"))),
    ),
    ...moved(deps, order),
  ]);
}
