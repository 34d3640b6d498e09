/** Takes the lock of a folder as a process of its own, says how that went, and lives until it is killed or told to end. */
import { findRunning, takeLock } from "../../src/node/lock.ts";
import { standIn } from "../../src/node/stand-in.ts";
import { systemIds, systemRandom } from "../../src/runtime.ts";

const [folder = ""] = process.argv.slice(2);
const instance = systemIds.next();
const { address, close } = await standIn(instance);
const result = await takeLock({ random: systemRandom }, folder, { instance, address });
const running = await findRunning(folder);
process.stdout.write(
  `${JSON.stringify({ kind: result.kind, instance, running: running?.instance ?? null })}\n`,
);
if (result.kind === "refused") close();
else process.stdin.resume().once("end", () => process.exit(0));
