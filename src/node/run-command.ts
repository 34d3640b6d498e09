import { EXIT, type CommandFile, type CommandIo } from "../commands/command.ts";
import { runCommand, type CommandRequest } from "../commands/registry.ts";
import type { Settings } from "../config.ts";
import { AppError } from "../ports/errors.ts";
import { systemIds, systemRandom } from "../runtime.ts";
import { findRunning, takeLock } from "./lock.ts";
import { openProgram, prepareDataDir } from "./program.ts";
import { runRemotely } from "./remote-command.ts";
import { standIn } from "./stand-in.ts";

const GRACE_MS = 2_000;

/** Runs a command by the serving process where there is one; otherwise here, holding the lock meanwhile. */
export async function runWhereTheDataIs(
  settings: Settings,
  request: CommandRequest,
  files: readonly CommandFile[],
  io: CommandIo,
): Promise<number> {
  prepareDataDir(settings.dataDir);
  const running = await findRunning(settings.dataDir);
  if (running !== null) return runRemotely(running, request, files, io);

  const instance = systemIds.next();
  const here = await standIn(instance);
  const lock = await takeLock({ random: systemRandom }, settings.dataDir, {
    instance,
    address: here.address,
  });
  try {
    if (lock.kind === "refused") {
      throw new AppError(
        "ALREADY_RUNNING",
        "Another command works on this DATA_DIR just now. Try again in a moment.",
      );
    }
    const program = await openProgram(settings, {
      instanceId: instance,
      address: settings.siteUrl ?? here.address,
    });
    try {
      await program.app.start();
      return await runCommand(program.app, request, files, io);
    } finally {
      await program.app.stop(GRACE_MS);
      await program.close();
      lock.release();
    }
  } finally {
    here.close();
  }
}

/** The exit code and sentence of a failure before a command could run. */
export function explainFailure(error: unknown): { readonly sentence: string; readonly exit: number } {
  if (!(error instanceof AppError)) return { sentence: `Failed: ${String(error)}`, exit: EXIT.defect };
  const usage = ["BAD_SETTINGS", "BAD_USAGE", "ALREADY_RUNNING"].includes(error.code);
  return { sentence: error.message, exit: usage ? EXIT.usage : EXIT.defect };
}
