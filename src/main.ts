import { explainFailure } from "./node/explain-failure.ts";
import { startServing } from "./node/serve.ts";
import { settingsOfProcess } from "./node/settings.ts";

try {
  const served = await startServing(settingsOfProcess());
  const signIn = process.stdout.isTTY
    ? `${await served.consoleLink()} (once, 15 minutes)`
    : "npx proheadshots console-link";
  process.stdout.write(
    `ProHeadshots is ready.\n  Chat:    ${served.address}/\n  Console: ${served.address}/admin\n  Sign in: ${signIn}\n`,
  );

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
  const known = explainFailure(error);
  if (known === null) throw error;
  process.stderr.write(`${known.sentence}\n`);
  process.exit(known.exit);
}
