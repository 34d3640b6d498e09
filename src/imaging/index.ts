export { createImaging, type ImagingOptions } from "./client.ts";
