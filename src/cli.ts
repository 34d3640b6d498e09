import { Command, InvalidArgumentError, Option } from "commander";
import { EXIT } from "./commands/command.ts";
import { failureJson } from "./commands/order-report.ts";
import type { CommandRequest } from "./commands/registry.ts";
import { backup } from "./node/backup.ts";
import { doctor } from "./node/doctor.ts";
import { migrateOnly } from "./node/migrate-only.ts";
import { readPhotos } from "./node/photo-files.ts";
import { explainFailure } from "./node/explain-failure.ts";
import { runWhereTheDataIs } from "./node/run-command.ts";
import { settingsOfProcess } from "./node/settings.ts";
import { checkOut, terminalIo } from "./node/terminal.ts";

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
async function finish(
  run: () => Promise<number>,
  onFailure: (failure: { code: string; message: string }) => void = () => undefined,
): Promise<never> {
  try {
    process.exit(await run());
  } catch (error) {
    const known = explainFailure(error);
    const words = known?.sentence ?? (error instanceof Error ? error.stack : undefined) ?? String(error);
    process.stderr.write(`${words}\n`);
    onFailure({ code: known?.code ?? "defect", message: known?.sentence ?? "The command failed." });
    process.exit(known?.exit ?? EXIT.defect);
  }
}

function send(request: CommandRequest, out = "."): Promise<never> {
  return finish(() => runWhereTheDataIs(settingsOfProcess(), request, [], terminalIo(out, interruption())));
}

/** With `--json` an order promises an object as the last line of stdout, whatever happens. */
function printFailure(failure: { code: string; message: string }): void {
  process.stdout.write(`${failureJson(failure)}\n`);
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

function list(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  const named = parts.filter((part) => part !== "");
  if (named.length === 0) throw new InvalidArgumentError("Name at least one, or leave the option out.");
  return named;
}

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
  .exitOverride((problem) => {
    const isOrder = process.argv[2] === "order" && process.argv.includes("--json");
    if (problem.exitCode !== 0 && isOrder)
      printFailure({ code: "bad_usage", message: problem.message.replace(/^error: /, "") });
    process.exit(problem.exitCode === 0 ? EXIT.ok : EXIT.usage);
  });

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
    finish(
      () => {
        const { files, leftOut } = readPhotos(photos);
        checkOut(flags.out);
        const options = {
          consent: flags.consent ?? false,
          styles: flags.style ?? null,
          count: flags.count,
          model: flags.model ?? null,
          trigger: flags.trigger ?? null,
          json: flags.json ?? false,
          leftOut: [...leftOut],
        };
        const io = terminalIo(flags.out, interruption());
        return runWhereTheDataIs(settingsOfProcess(), { name: "order", options }, files, io);
      },
      flags.json === true ? printFailure : undefined,
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
  .action(() => finish(() => migrateOnly(settingsOfProcess())));

program
  .command("reconcile")
  .description("repair what a crash or a lost callback left, and check ledger and states")
  .action(() => send({ name: "reconcile", options: {} }));

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
  .action((person: string) => send({ name: "erase", options: { person } }));

program
  .command("backup")
  .description("copy the database into a file, also while the program runs")
  .argument("<file>", "a file that does not exist yet")
  .action((file: string) => finish(() => backup(settingsOfProcess(), file)));

program
  .command("console-link")
  .description("print a one-time sign-in link for the console")
  .action(() => send({ name: "console-link", options: {} }));

await program.parseAsync();
