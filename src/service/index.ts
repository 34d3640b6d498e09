import type { Deps } from "../ports/deps.ts";
import type { StepHandlers } from "../ports/jobs.ts";
import { eraseHandler, exportHandler, type Eraser } from "../people/index.ts";
import { erasers, exporters } from "./data-of-a-person.ts";

export { createForAdmins } from "./for-admins.ts";
export { createForPeople } from "./for-people.ts";

/** Steps on a person as a whole, which reach into every room; the chats above bring erasers of their own. */
export function personHandlers(deps: Deps, erasersOfChats: readonly Eraser[]): StepHandlers {
  return {
    "person.erase": eraseHandler(deps, [...erasers(deps), ...erasersOfChats]),
    "person.export": exportHandler(deps, exporters(deps)),
  };
}
