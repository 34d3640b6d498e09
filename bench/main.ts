import { loadavg } from "node:os";
import { benchIntake } from "./intake.ts";
import { benchSteps } from "./steps.ts";
import { benchStudio } from "./studio.ts";

const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = {
  intake: benchIntake,
  studio: benchStudio,
  steps: benchSteps,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => BENCHMARKS[name] === undefined);
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(BENCHMARKS).join(", ")}.`,
  );
  process.exit(2);
}
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name} (machine load ${loadavg()[0]?.toFixed(1)})`);
  await run();
}
