import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../kit/database.ts";

const Report = z.object({ bytes: z.number(), same: z.boolean(), grownMegabytes: z.number() });

it("streams 500 MB into local files and back with flat memory", { timeout: 120_000 }, async () => {
  const script = fileURLToPath(new URL("flat-memory.child.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    script,
    temporaryFolder(),
    "500",
  ]);
  const report = Report.parse(JSON.parse(stdout));
  expect(report).toMatchObject({ bytes: 500_000_000, same: true });
  expect(report.grownMegabytes).toBeLessThan(120);
});
