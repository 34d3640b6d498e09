import { EXIT, type CommandFile, type CommandIo } from "../commands/command.ts";
import { runCommand, type CommandRequest } from "../commands/registry.ts";
import { localUrl, type Settings } from "../config.ts";
import { systemClock } from "../runtime.ts";
import { holdingLock } from "./hold-lock.ts";
import { findRunning } from "./lock.ts";
import { openProgram, prepareDataDir } from "./program.ts";
import { runRemotely } from "./remote-command.ts";

const GRACE_MS = 2_000;
const LOOK_MS = 250;

/**
 * Runs a command by the serving process where there is one; otherwise here, holding the lock meanwhile. Commands
 * without a serving process run one after the other.
 */
export async function runWhereTheDataIs(
  settings: Settings,
  request: CommandRequest,
  files: readonly CommandFile[],
  io: CommandIo,
): Promise<number> {
  prepareDataDir(settings.dataDir);
  for (let tried = 0; ; tried++) {
    const running = await findRunning(settings.dataDir);
    const code =
      running === null
        ? await runHere(settings, request, files, io)
        : await runRemotely(running, request, files, io);
    if (code !== null) return code;
    if (io.signal.aborted) return EXIT.interrupted;
    if (tried === 0) io.say("Another command works on this DATA_DIR: waiting for its end.");
    await new Promise<void>((resolve) => systemClock.after(LOOK_MS, resolve));
  }
}

/** @returns null when another process has the lock by now */
async function runHere(
  settings: Settings,
  request: CommandRequest,
  files: readonly CommandFile[],
  io: CommandIo,
): Promise<number | null> {
  const held = await holdingLock(settings.dataDir, async ({ instanceId, address }) => {
    // A link that is printed now is opened when the program serves.
    const siteUrl = settings.port === 0 ? address : localUrl(settings.host, settings.port);
    const program = await openProgram(settings, { instanceId, address: siteUrl });
    try {
      await program.app.start();
      return await runCommand(program.app, request, files, io);
    } finally {
      await program.app.stop(GRACE_MS);
      await program.close();
    }
  });
  return held.kind === "done" ? held.result : null;
}
