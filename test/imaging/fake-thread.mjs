// Stands in for the imaging thread: the first byte of the task says what to do, the second comes back.
import { parentPort } from "node:worker_threads";

let answered = 0;

parentPort.on("message", ({ id, name, input }) => {
  const bytes = input instanceof Uint8Array ? input : (input?.jpeg ?? new Uint8Array([0, 0]));
  const [what, mark] = bytes;
  if (what === 1) throw new Error("the thread broke");
  if (what === 2) process.exit(3);
  if (what === 3) return;
  if (what === 4) {
    const reply = { id, ok: false, code: "IMAGING_FAILED", message: `${name}: poison`, retryable: false };
    return parentPort.postMessage(reply, []);
  }
  answered += 1;
  parentPort.postMessage({ id, ok: true, output: { mark, answered, held: bytes.buffer.byteLength } }, []);
});
