import { AppError } from "./ports/errors.ts";
import { startServing } from "./node/serve.ts";
import { settingsOrExit } from "./node/settings.ts";

const settings = settingsOrExit();

try {
  const served = await startServing(settings);
  process.stdout.write(
    `ProHeadshots is ready.\n  Chat:    ${served.address}/\n  Console: ${served.address}/admin\n`,
  );
  if (process.stdout.isTTY)
    process.stdout.write(`  Sign in: ${await served.consoleLink()} (once, 15 minutes)\n`);
  else process.stdout.write("  Sign in: npx proheadshots console-link\n");

  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      process.stdout.write("Stopping: finishing what runs, at most 10 seconds.\n");
      served.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`Stopping failed: ${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error.code === "BAD_SETTINGS" || error.code === "ALREADY_RUNNING" ? 2 : 1);
}
