import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DOCUMENTS, matches, ROOT, SOURCES } from "./documents.ts";

const FOLDERS = "src|bots|admin|test|bench|scripts|docs|migrations";
const isThere = (path: string): boolean => existsSync(join(ROOT, path));

/** An anchor as GitHub makes it from a heading. */
function anchorsOf(markdown: string): string[] {
  return matches(markdown, /^#{1,6} (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );
}

describe.each(DOCUMENTS)("$path", ({ path, text }) => {
  it("links to what exists, and to headings that are there", () => {
    const links = [
      ...matches(text, /\]\(([^)\s]+)\)/g),
      ...matches(text, /\b(?:src|srcset)="([^"]+)"/g),
    ].filter((link) => !/^[a-z]+:/.test(link));
    const broken = links.filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : join(dirname(path), file);
      if (!isThere(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(join(ROOT, target), "utf8")).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("names no file or folder that does not exist", () => {
    const named = [
      ...matches(text, new RegExp(`\`((?:${FOLDERS})/[\\w./-]*)\``, "g")),
      ...matches(text, new RegExp(`\\w\\[\\(*((?:${FOLDERS})(?:/[\\w-]+)?)[<\\])]`, "g")),
      ...matches(
        text,
        /(?<=tsx |node |vitest run |main = ")((?:src|bots|admin|test|scripts|dist)\/[\w./-]+)/g,
      ),
    ].filter((name) => !name.startsWith("dist/"));
    expect(named.filter((name) => !isThere(name))).toEqual([]);
    const alone = matches(text, /`([\w-]+\.(?:ts|tsx|mjs))`/g);
    expect(alone.filter((name) => !SOURCES.some((source) => basename(source) === name))).toEqual([]);
  });

  it("quotes the names of tests as they are", () => {
    const quoted = [...text.matchAll(/`(test\/[\w./-]+)` \("([^"]+)"\)/g)];
    const wrong = quoted.filter(
      ([, file = "", title = ""]) => !readFileSync(join(ROOT, file), "utf8").includes(title),
    );
    expect(wrong.map(([whole]) => whole)).toEqual([]);
  });

  it("speaks of no machine but the reader's", () => {
    expect(matches(text, /((?:\/work|\/root|\/home)\/[\w./-]+)/g)).toEqual([]);
  });
});

describe("pictures", () => {
  const pictures = SOURCES.filter((source) => source.startsWith("docs/pictures/") && source.endsWith(".png"));

  it("are small, and each is shown somewhere", () => {
    expect(pictures.filter((picture) => statSync(join(ROOT, picture)).size > 300_000)).toEqual([]);
    const shown = DOCUMENTS.map(({ text }) => text).join("\n");
    expect(pictures.filter((picture) => !shown.includes(basename(picture)))).toEqual([]);
  });
});

describe("decisions", () => {
  const decisions = DOCUMENTS.filter(({ path }) => path.startsWith("docs/decisions/"));

  it("are numbered without a gap, and each names the test that proves it", () => {
    const numbers = decisions.map(({ path }) => Number(basename(path).slice(0, 4))).sort((a, b) => a - b);
    expect(numbers).toEqual(decisions.map((_, at) => at + 1));
    for (const { path, text } of decisions) {
      expect(text, path).toMatch(new RegExp(`^# ${Number(basename(path).slice(0, 4))}\\. `));
      expect(text, path).toMatch(/\*\*Proved by\*\* `test\/[\w./-]+\.test\.ts`/);
    }
  });
});
