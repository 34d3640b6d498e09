// Starts the thread from sources, in development and in tests: a worker thread does not inherit tsx's loader,
// and Node 20 cannot read TypeScript. In production the bundle `dist/imaging-worker.js` is started directly.
import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
