import { Command, InvalidArgumentError, Option } from "commander";
import { EXIT } from "./commands/command.ts";
import type { CommandRequest } from "./commands/registry.ts";
import { backup } from "./node/backup.ts";
import { doctor } from "./node/doctor.ts";
import { migrateOnly } from "./node/migrate-only.ts";
import { readPhotos } from "./node/photo-files.ts";
import { explainFailure, runWhereTheDataIs } from "./node/run-command.ts";
import { settingsOrExit } from "./node/settings.ts";
import { terminalIo } from "./node/terminal.ts";

const PERSON = "a person id, discord:ID, telegram:ID or order:ID";

/** Ctrl-C once interrupts the work, which says what it cost; twice ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      controller.abort();
    });
  }
  return controller.signal;
}

/** Ends with a command's exit code; a failure is one sentence on stderr. */
async function finish(run: () => Promise<number>): Promise<never> {
  try {
    process.exit(await run());
  } catch (error) {
    const { sentence, exit } = explainFailure(error);
    process.stderr.write(`${sentence}\n`);
    process.exit(exit);
  }
}

function send(request: CommandRequest, out: string, photos: readonly string[] = []): Promise<never> {
  return finish(async () => {
    const io = terminalIo(out, interruption());
    const { files, skipped } = readPhotos(photos);
    for (const path of skipped) io.say(`${path}: refused (file_too_large)`);
    return runWhereTheDataIs(settingsOrExit(), request, files, io);
  });
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

const list = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

interface OrderFlags {
  readonly consent?: boolean;
  readonly style?: string[];
  readonly count: number;
  readonly out: string;
  readonly model?: "studio" | "best" | "fast" | "classic";
  readonly trigger?: string;
  readonly json?: boolean;
}

const program = new Command("proheadshots")
  .description("Professional headshots from your own selfies.")
  .showHelpAfterError("(add --help for the usage)")
  .exitOverride((problem) => process.exit(problem.exitCode === 0 ? EXIT.ok : EXIT.usage));

program
  .command("order")
  .description("run one whole order from photos to pictures")
  .argument("<photo-or-folder...>", "photos, or folders of photos")
  .option("--consent", "I am 18 or older and the photos show me, or I have this person's consent")
  .option("--style <keys>", "styles, separated by commas (default: chosen for you)", list)
  .option("--count <number>", "pictures in total, spread evenly", wholeNumber(1, 40), 8)
  .option("--out <folder>", "where the pictures go", "./headshots")
  .addOption(
    new Option("--model <product>", "what makes them").choices(["studio", "best", "fast", "classic"]),
  )
  .option("--trigger <word>", "trigger word of the training (AI products)")
  .option("--json", "print one JSON object as the last line of stdout")
  .addHelpText(
    "after",
    "\nExit codes: 0 delivered, 1 defect, 2 bad usage or photos refused, 3 provider failed, 4 budget, 130 interrupted.",
  )
  .action((photos: string[], flags: OrderFlags) =>
    send(
      {
        name: "order",
        options: {
          consent: flags.consent ?? false,
          styles: flags.style ?? null,
          count: flags.count,
          model: flags.model ?? null,
          trigger: flags.trigger ?? null,
          json: flags.json ?? false,
        },
      },
      flags.out,
      photos,
    ),
  );

program
  .command("doctor")
  .description("check every configured part and say how to fix what fails")
  .option("--json", "print the checks as JSON")
  .action((flags: { json?: boolean }) => finish(() => doctor(flags.json ?? false)));

program
  .command("migrate")
  .description("bring the database to this program's schema")
  .action(() => finish(() => migrateOnly(settingsOrExit())));

program
  .command("reconcile")
  .description("repair what a crash or a lost callback left, and check ledger and states")
  .action(() => send({ name: "reconcile", options: {} }, "."));

program
  .command("export")
  .description("write everything kept of a person into one zip")
  .argument("<person>", PERSON)
  .option("--out <folder>", "where the zip goes", ".")
  .action((person: string, flags: { out: string }) =>
    send({ name: "export", options: { person } }, flags.out),
  );

program
  .command("erase")
  .description("delete everything kept of a person and print the receipt")
  .argument("<person>", PERSON)
  .action((person: string) => send({ name: "erase", options: { person } }, "."));

program
  .command("backup")
  .description("copy the database into a file, also while the program runs")
  .argument("<file>", "a file that does not exist yet")
  .action((file: string) => finish(() => backup(settingsOrExit(), file)));

program
  .command("console-link")
  .description("print a one-time sign-in link for the console")
  .action(() => send({ name: "console-link", options: {} }, "."));

await program.parseAsync();
