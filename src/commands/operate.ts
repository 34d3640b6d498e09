import { z } from "zod";
import type { App } from "../app.ts";
import { EXIT, type Command, type CommandIo } from "./command.ts";

export const PersonOption = z.object({ person: z.string().min(1) });
export const NoOptions = z.object({});

const LOOK_MS = 200;

/** `reconcile`: every sweep once, then the continuous checks of ledger and states; prints what differed. */
export const reconcileCommand: Command<z.infer<typeof NoOptions>> = async (app, _options, _files, io) => {
  const counts = await app.sweep();
  for (const [name, count] of Object.entries(counts)) io.print(`${name}: ${count}`);
  const differences = await app.admins.differences();
  for (const difference of differences) io.print(`differs: ${difference}`);
  if (differences.length === 0) io.print("ledger and states: no difference");
  return differences.length === 0 ? EXIT.ok : EXIT.defect;
};

async function findPerson(app: App, name: string, io: CommandIo): Promise<string | null> {
  const personId = await app.admins.findPerson(name);
  if (personId === null) {
    io.say(`There is nobody with the name ${name}. Use a person id, discord:ID, telegram:ID or order:ID.`);
  }
  return personId;
}

/** `erase PERSON`: stops everything, deletes all that is kept of the person, prints the receipt. */
export const eraseCommand: Command<z.infer<typeof PersonOption>> = async (app, { person }, _files, io) => {
  const personId = await findPerson(app, person, io);
  if (personId === null) return EXIT.usage;
  const { erasureId } = await app.admins.askErasure(personId);
  for (;;) {
    const receipt = await app.admins.erasureReceipt(erasureId);
    if (receipt !== null) {
      for (const [what, count] of Object.entries(receipt)) io.print(`${what}: ${count}`);
      io.say("Everything of this person was deleted.");
      return EXIT.ok;
    }
    if (io.signal.aborted) {
      io.say("The erasure goes on in the background.");
      return EXIT.interrupted;
    }
    io.progress("Erasing", null, null);
    await new Promise<void>((resolve) => app.deps.clock.after(LOOK_MS, resolve));
  }
};

/** `export PERSON`: writes everything kept of the person into one zip. */
export const exportCommand: Command<z.infer<typeof PersonOption>> = async (app, { person }, _files, io) => {
  const personId = await findPerson(app, person, io);
  if (personId === null) return EXIT.usage;
  const zip = new Uint8Array(await new Response(app.admins.exportZip(personId)).arrayBuffer());
  const name = `export-${personId}.zip`;
  await io.deliver(name, zip);
  io.print(name);
  return EXIT.ok;
};

/** `console-link`: prints a one-time sign-in link for the console. */
export const consoleLinkCommand: Command<z.infer<typeof NoOptions>> = async (app, _options, _files, io) => {
  const { url } = await app.admins.signInLink("owner");
  io.say("This link signs you in once, within 15 minutes:");
  io.print(url);
  return EXIT.ok;
};
