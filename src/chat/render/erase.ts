import { eq } from "drizzle-orm";
import { erasure } from "../../people/schema.ts";
import type { Copy } from "../copy/index.ts";
import { button, danger, text, view, type Renderer } from "./context.ts";

/** Asks once, with the counts that will be hit. */
export const renderEraseAsk: Renderer<"erase_ask"> = async ({ copy, people, who }) => {
  const words = copy.account.erase;
  const [faces, orders] = await Promise.all([people.faces(who), people.orders(who)]);
  const photos = faces
    .flatMap((face) => face.selfies)
    .filter((selfie) => selfie.state !== "removed" && selfie.state !== "expired").length;
  const pictures = orders.reduce((sum, order) => sum + order.pictures.length + order.hidden, 0);
  return view(
    [text(words.ask), text(words.counts(photos, pictures, orders.length))],
    [
      [
        danger(copy.buttons.deleteEverything, { do: "erase" }),
        button(copy.buttons.keepAll, { do: "command", name: "status" }),
      ],
    ],
  );
};

export const renderErasing: Renderer<"erasing"> = ({ copy }) => view([text(copy.account.erase.asked)]);

function countLabel(copy: Copy, name: string): string {
  const known = Object.entries(copy.account.erase.count).find(([key]) => key === name);
  return known?.[1] ?? name.replaceAll("_", " ");
}

/** The receipt: what was deleted, how much of it and when. */
export const renderErased: Renderer<"erased"> = async ({ copy, deps, format }, { receiptId }) => {
  const words = copy.account.erase;
  const [row] = await deps.db.orm.select().from(erasure).where(eq(erasure.id, receiptId));
  if (row === undefined) return null;
  return view([
    text(words.done(format.dayAndTime(row.finishedAt ?? deps.clock.now()))),
    {
      kind: "receipt",
      title: words.receipt,
      lines: [
        { label: words.receiptId, value: row.id },
        ...Object.entries(row.receipt ?? {})
          .filter(([, count]) => count > 0)
          .map(([name, count]) => ({ label: countLabel(copy, name), value: String(count) })),
      ],
    },
    text(words.rest, "muted"),
  ]);
};
