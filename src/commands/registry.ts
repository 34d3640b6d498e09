import { z } from "zod";
import type { App } from "../app.ts";
import { AppError } from "../ports/errors.ts";
import { EXIT, type CommandFile, type CommandIo, type ExitCode } from "./command.ts";
import {
  consoleLinkCommand,
  eraseCommand,
  exportCommand,
  NoOptions,
  PersonOption,
  reconcileCommand,
} from "./operate.ts";
import { orderCommand, OrderOptions } from "./order.ts";

/** A command that changes something, as it travels to the process that owns the database. */
export const CommandRequest = z.discriminatedUnion("name", [
  z.object({ name: z.literal("order"), options: OrderOptions }),
  z.object({ name: z.literal("reconcile"), options: NoOptions }),
  z.object({ name: z.literal("erase"), options: PersonOption }),
  z.object({ name: z.literal("export"), options: PersonOption }),
  z.object({ name: z.literal("console-link"), options: NoOptions }),
]);
export type CommandRequest = z.infer<typeof CommandRequest>;

/** Runs a command; a defect becomes a sentence and exit code 1, with the cause in the log. */
export async function runCommand(
  app: App,
  request: CommandRequest,
  files: readonly CommandFile[],
  io: CommandIo,
): Promise<ExitCode> {
  try {
    switch (request.name) {
      case "order":
        return await orderCommand(app, request.options, files, io);
      case "reconcile":
        return await reconcileCommand(app, request.options, files, io);
      case "erase":
        return await eraseCommand(app, request.options, files, io);
      case "export":
        return await exportCommand(app, request.options, files, io);
      case "console-link":
        return await consoleLinkCommand(app, request.options, files, io);
    }
  } catch (error) {
    app.deps.log.error("command.failed", error, { command: request.name });
    // Only our own messages are written for people.
    io.say(`The command failed: ${error instanceof AppError ? error.message : "the log says why"}.`);
    return EXIT.defect;
  }
}
