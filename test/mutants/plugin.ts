import type { Plugin } from "vitest/config";
import { MUTANTS } from "./mutants.ts";

/** Seeds the defect that the variable MUTANT names while vitest loads its file. Does nothing without it. */
export function mutate(): Plugin {
  const name = process.env["MUTANT"];
  const mutant = name === undefined ? undefined : MUTANTS[name];
  if (name !== undefined && mutant === undefined) throw new Error(`there is no mutant "${name}"`);
  return {
    name: "mutate",
    enforce: "pre",
    transform(code, id) {
      if (mutant === undefined || !id.endsWith(`/${mutant.file}`)) return undefined;
      return code.replace(mutant.find, () => mutant.replace);
    },
  };
}
