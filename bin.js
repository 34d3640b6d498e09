#!/usr/bin/env node
import { existsSync } from "node:fs";

const cli = new URL("./dist/cli.js", import.meta.url);

if (existsSync(cli)) {
  process.setSourceMapsEnabled(true);
  await import(cli.href);
} else {
  console.error('ProHeadshots is not built here: run "npm ci" first.');
  process.exitCode = 2;
}
