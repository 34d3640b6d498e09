import { settingsTable } from "../../src/config.ts";

const BEGIN = "<!-- settings: npx tsx scripts/docs.ts writes what stands here -->";
const END = "<!-- end of settings -->";

/** A Markdown table as the formatter writes it: columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows.map((cells) => cells.map((text) => text.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** Every setting as Markdown: one table for each group. */
function settingsMarkdown(): string {
  const settings = settingsTable();
  const groups = [...new Set(settings.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = settings.filter((setting) => setting.group === group);
      const cells = rows.map(({ name, fallback, meaning }) => [`\`${name}\``, fallback, meaning]);
      return `**${group}**\n\n${table([["Name", "Default", "Meaning"], ...cells])}`;
    })
    .join("\n\n");
}

/** A document with its settings as they are now. Throws when it has no place for them. */
export function withSettings(document: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`the document lacks ${BEGIN} ... ${END}`);
  return `${before}${BEGIN}\n\n${settingsMarkdown()}\n\n${END}${after}`;
}
