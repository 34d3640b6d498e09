import type { Deps } from "../ports/deps.ts";
import type { StepHandlers } from "../ports/jobs.ts";
import { eraseHandler, exportHandler } from "../people/index.ts";
import { erasers, exporters } from "./data-of-a-person.ts";

export { createForAdmins } from "./for-admins.ts";
export { createForPeople } from "./for-people.ts";

/** Steps on a person as a whole, which reach into every room. */
export function personHandlers(deps: Deps): StepHandlers {
  return {
    "person.erase": eraseHandler(deps, erasers(deps)),
    "person.export": exportHandler(deps, exporters(deps)),
  };
}
