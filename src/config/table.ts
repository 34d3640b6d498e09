import { Environment, settingMeta, type SettingMeta } from "./environment.ts";

interface SettingRow extends SettingMeta {
  readonly name: string;
}

/** Every setting with its default and meaning, in the order of the documentation. */
export function settingsTable(): SettingRow[] {
  return Object.entries(Environment.shape).flatMap(([name, schema]) => {
    const meta = settingMeta.get(schema);
    return meta === undefined ? [] : [{ name, ...meta }];
  });
}

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = ["# Every setting is optional. Copy this file to .env and fill in what you need."];
  let group = "";
  for (const row of settingsTable()) {
    if (row.group !== group) lines.push("", `# --- ${row.group} ---`);
    group = row.group;
    lines.push("", `# ${row.meaning}`, `# Default: ${row.fallback}`, `${row.name}=`);
  }
  return `${lines.join("\n")}\n`;
}
