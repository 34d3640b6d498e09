import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import { delivery } from "../jobs/schema.ts";
import { exportLedger, moveCredits } from "../money/index.ts";
import { eraseOrders, mergeOrders } from "../orders/index.ts";
import type { Eraser, Exporter, Merger } from "../people/index.ts";
import { erasePictures, exportPictures, mergePictures } from "../pictures/index.ts";
import type { Deps } from "../ports/deps.ts";
import { eraseSelfies, exportSelfies, mergeSelfies } from "../selfies/index.ts";

/** What every room deletes for an erasure, work first so that nothing new comes after. */
export function erasers(deps: Deps): readonly Eraser[] {
  return [eraseOrders(deps), erasePictures(deps), eraseSelfies(deps)];
}

/** What every room gives to an export. */
export function exporters(deps: Deps): readonly Exporter[] {
  return [exportSelfies(deps), exportPictures(deps), exportLedger(deps)];
}

/** What every room hands over when two accounts turn out to be one person. */
export function mergers(deps: Deps): readonly Merger[] {
  return [
    mergeSelfies(deps),
    mergeOrders(deps),
    mergePictures(deps),
    ({ from, into }) => deps.blobs.inherit(from, into),
    ({ from, into }) => moveCredits(deps, from, into),
    ({ from, into }) => [
      write(deps.db.orm.update(delivery).set({ personId: into }).where(eq(delivery.personId, from))),
    ],
  ];
}
