import type { Process } from "./process.ts";
import type { World } from "./world.ts";

/** Processes that die at chosen points, one after the other over the same world. */
export interface Mortals {
  /** Runs an action in the living process; when it dies in the middle, starts the next one and repeats the action. */
  act(action: (process: Process) => Promise<unknown>): Promise<void>;
  /** Points passed so far, over all processes. */
  passed(): readonly string[];
  deaths(): number;
}

/** @param dieAt which points, counted from 1 over all processes, are the last that a process reaches */
export function mortals(world: World, dieAt: readonly number[]): Mortals {
  const passed: string[] = [];
  let deaths = 0;
  let current: { process: Process; died: Promise<"died"> } = born();

  function born(): typeof current {
    let die: (how: "died") => void = () => undefined;
    let alive = true;
    const died = new Promise<"died">((resolve) => (die = resolve));
    const never = new Promise<void>(() => undefined);
    const process = world.boot((name) => {
      if (!alive) return never;
      passed.push(name);
      if (!dieAt.includes(passed.length)) return undefined;
      alive = false;
      deaths++;
      die("died");
      return never;
    });
    return { process, died };
  }

  return {
    async act(action) {
      for (;;) {
        const { process, died } = current;
        if ((await Promise.race([action(process).then(() => "done" as const), died])) === "done") return;
        current = born();
      }
    },
    passed: () => passed,
    deaths: () => deaths,
  };
}
