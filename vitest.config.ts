import { defineConfig } from "vitest/config";
import { mutate } from "./test/mutants/plugin.ts";

export default defineConfig({
  plugins: [mutate()],
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
