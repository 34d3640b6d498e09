export { createImaging } from "./client.ts";
