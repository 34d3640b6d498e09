// Writes anew what the documentation says of settings: the tables in README.md and .env.example.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { envExample } from "../src/config.ts";
import { withSettings } from "./docs/settings-markdown.ts";

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

writeFileSync(path("README.md"), withSettings(readFileSync(path("README.md"), "utf8")));
writeFileSync(path(".env.example"), envExample());
