import { write } from "../../db/index.ts";
import { addStep } from "../../jobs/index.ts";
import { AppError } from "../../ports/errors.ts";
import type { Statement } from "../../ports/database.ts";
import type { StepHandler } from "../../ports/jobs.ts";
import { planShoot, type ShootSource } from "../../providers/studio/index.ts";
import { keptSelfies } from "../../selfies/index.ts";
import { orderChange } from "../change.ts";
import type { OrderDeps, OrderRow } from "../order-deps.ts";
import { providerFor } from "../providers.ts";
import { readOrder } from "../read.ts";
import { prompts } from "../schema.ts";

/** How many of the best photos the studio works with: enough variety, and each costs a second of preparation. */
const MOST_SOURCES = 3;

/** When every prompt's end wakes `sort`, this is only the net below it. */
const SORT_NET_MS = 60 * 60_000;

/** The best kept photos with what the studio can make of each. */
async function studioSources(deps: OrderDeps, order: OrderRow): Promise<ShootSource[]> {
  if (deps.imaging === null) throw new AppError("DEFECT", "a studio order was planned without imaging");
  const kept = await keptSelfies(deps, order.faceId);
  const sources: ShootSource[] = [];
  for (const selfie of kept.slice(0, MOST_SOURCES)) {
    const bytes = await deps.blobs.read(order.personId, selfie.blobId);
    sources.push({ selfieId: selfie.id, score: selfie.score, plan: await deps.imaging.planStudio(bytes) });
  }
  return sources;
}

/** `order.plan`: decides which pictures are made from which photos and creates their prompts. */
export function planOrder(deps: OrderDeps): StepHandler {
  return async (step) => {
    const order = await readOrder(deps, step.subjectId);
    if (order === null || order.state !== "queued" || order.round !== step.ordinal) return { kind: "done" };
    const provider = providerFor(deps, order.product);
    if (provider === null) {
      return {
        kind: "snooze",
        until: deps.clock.now() + 60_000,
        reason: `no provider makes ${order.product} here`,
      };
    }
    const shots = planShoot(await studioSources(deps, order), order.styles, order.count, deps.random);
    if (shots.length === 0) {
      const failed = await orderChange(deps, order, { kind: "fail" }, { failureCode: "styles_not_possible" });
      return { kind: "failed", reason: "no photo allows the chosen styles", also: failed?.statements ?? [] };
    }
    const change = await orderChange(deps, order, { kind: "planned", needsTraining: false });
    if (change === null) return { kind: "done" };
    const now = deps.clock.now();
    const made: Statement[] = shots.flatMap((shot, ordinal) => {
      const id = deps.ids.next();
      return [
        write(
          deps.db.orm.insert(prompts).values({
            id,
            orderId: order.id,
            personId: order.personId,
            purpose: "shoot",
            round: order.round,
            ordinal,
            style: shot.style,
            provider: provider.name,
            modelType: "none",
            seed: shot.seed,
            sourceSelfieId: shot.selfieId,
            state: "waiting",
            createdAt: now,
          }),
        ),
        addStep(deps, { subject: "prompt", subjectId: id, kind: "render", needs: provider.needs }),
      ];
    });
    const sort = addStep(deps, {
      subject: "order",
      subjectId: order.id,
      kind: "sort",
      ordinal: order.round,
      runAt: now + SORT_NET_MS,
    });
    return { kind: "done", also: [...change.statements, ...made, sort] };
  };
}
