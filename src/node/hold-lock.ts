import { systemIds, systemRandom } from "../runtime.ts";
import { takeLock, type LockFile } from "./lock.ts";
import { standIn } from "./stand-in.ts";

export type Held<T> =
  | { readonly kind: "done"; readonly result: T }
  | { readonly kind: "refused"; readonly by: LockFile };

/** Does something as the one process that writes the database of this folder, without serving anybody. */
export async function holdingLock<T>(
  dataDir: string,
  work: (me: { readonly instanceId: string; readonly address: string }) => Promise<T>,
): Promise<Held<T>> {
  const instanceId = systemIds.next();
  const here = await standIn(instanceId);
  try {
    const me = { instance: instanceId, address: here.address };
    const lock = await takeLock({ random: systemRandom }, dataDir, me);
    if (lock.kind === "refused") return lock;
    try {
      return { kind: "done", result: await work({ instanceId, address: here.address }) };
    } finally {
      lock.release();
    }
  } finally {
    here.close();
  }
}
