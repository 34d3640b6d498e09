import type { Deps } from "../ports/deps.ts";
import type { OrderDetails, Overview, Who } from "../ports/for-people.ts";
import { credits } from "../money/index.ts";
import { findDraft, orderDetails, ordersOf, WORKING_STATES } from "../orders/index.ts";
import { hasConsent } from "../people/index.ts";
import { currentFace } from "../selfies/index.ts";

/** What the conversation needs to decide what comes next. */
export async function overview(deps: Deps, who: Who): Promise<Overview> {
  const [consented, face, balance, recent] = await Promise.all([
    hasConsent(deps, who.personId),
    currentFace(deps, who.personId),
    credits(deps, who.personId),
    ordersOf(deps, who.personId),
  ]);
  const draft = face === null ? null : await findDraft(deps, face.id);
  const working = recent.filter((order) => (WORKING_STATES as readonly string[]).includes(order.state));
  const running: OrderDetails[] = [];
  for (const order of working) running.push(await orderDetails(deps, order));
  return {
    consented,
    face: face === null ? null : { id: face.id, name: face.name },
    draft: draft === null ? null : await orderDetails(deps, draft),
    running,
    credits: balance,
  };
}
