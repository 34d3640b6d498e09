export { createForAdmins } from "./for-admins.ts";
export { createForPeople } from "./for-people.ts";
