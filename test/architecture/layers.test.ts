import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Layer of each room; a file imports lower layers only, and its own room. Entries stand above all. */
const LAYERS: Readonly<Record<string, number>> = {
  "src/ports": 0,
  "src/db": 1,
  "src/storage": 1,
  "src/imaging": 1,
  "src/operations": 1,
  "src/money": 2,
  "src/people": 2,
  "src/styles": 2,
  "src/jobs": 3,
  "src/selfies": 4,
  "src/pictures": 4,
  "src/providers": 4,
  "src/orders": 5,
  "src/service": 6,
  "src/chat": 7,
  "bots/web": 8,
  "bots/discord": 8,
  "bots/telegram": 8,
  admin: 8,
};

/** Rooms that may import ports and nothing else of ours, besides what is listed. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  "src/providers": ["src/ports"],
  "src/chat": [
    "src/ports",
    "src/db",
    "src/operations",
    "src/people",
    "src/styles",
    "src/jobs",
    "src/service",
  ],
  "bots/web": ["src/ports", "src/db", "src/chat"],
  "bots/discord": ["src/ports", "src/db", "src/chat"],
  "bots/telegram": ["src/ports", "src/db", "src/chat"],
  admin: ["src/ports", "src/db", "src/service"],
};

/** Outside packages that only one room may know. */
const PACKAGES: readonly { readonly name: RegExp; readonly room: string }[] = [
  { name: /^@libsql\//, room: "src/db" },
  {
    name: /^(sharp|heic-decode|@vladmandic\/.*|@tensorflow\/.*|@litertjs\/.*|@mediapipe\/.*)$/,
    room: "src/imaging",
  },
];

/** Not portable: Node-only rooms and files. Everything else runs in workerd as well. */
const NODE_ONLY = [/^src\/imaging\//, /^src\/node\//, /^src\/db\/migrate\.ts$/, /^bots\/web\/client\//];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const parsed = parseSync(file, readFileSync(join(root, file), "utf8"));
  const resolveTarget = (source: string): string =>
    source.startsWith(".") ? relative(root, resolve(root, dirname(file), source)) : source;
  const fromImports = parsed.module.staticImports.map((found) => ({
    file,
    target: resolveTarget(found.moduleRequest.value),
    typeOnly: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
  }));
  const fromExports = parsed.module.staticExports.flatMap((found) =>
    found.entries.flatMap((entry) =>
      entry.moduleRequest === null
        ? []
        : [{ file, target: resolveTarget(entry.moduleRequest.value), typeOnly: entry.isType }],
    ),
  );
  return [...fromImports, ...fromExports];
}

function roomOf(file: string): string | null {
  return Object.keys(LAYERS).find((room) => file.startsWith(`${room}/`)) ?? null;
}

const files = [...sourceFiles("src"), ...sourceFiles("bots"), ...sourceFiles("admin")].filter(
  (file) => file !== "admin/worker.ts",
);
const imports = files.flatMap(importsOf);
const inside = imports.filter(({ target }) => /^(src|bots|admin)\//.test(target));
const show = ({ file, target }: Import): string => `${file} -> ${target}`;

describe("the house", () => {
  it("has files in every room it names", () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it("lets a file import lower layers only", () => {
    const wrong = inside.filter(({ file, target }) => {
      const from = roomOf(file);
      const to = roomOf(target);
      if (from === null) return false;
      if (to === null) return true;
      return from !== to && (LAYERS[to] ?? 99) >= (LAYERS[from] ?? 0);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it("keeps providers, bots and the console to the rooms they may know", () => {
    const wrong = inside.filter(({ file, target }) => {
      const from = roomOf(file);
      const to = roomOf(target);
      const allowed = from === null ? undefined : ONLY[from];
      return allowed !== undefined && to !== from && !allowed.includes(to ?? "");
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it("enters a room by its index or schema only, except the ports and Node's own doors", () => {
    const doors = /\/(index|schema)\.tsx?$/;
    const nodeDoors = new Set(["src/db/migrate.ts", "src/storage/local-files.ts"]);
    const wrong = inside.filter(({ file, target }) => {
      const to = roomOf(target);
      if (to === null || to === "src/ports" || to === roomOf(file) || nodeDoors.has(target)) return false;
      return !doors.test(target);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it("keeps the ports and the rules to types", () => {
    const wrong = imports.filter(
      ({ file, target, typeOnly }) =>
        !typeOnly &&
        ((file.startsWith("src/ports/") && !target.startsWith("src/ports/")) ||
          (/\/rules(\.ts$|\/)/.test(file) &&
            !/\/rules(\.ts$|\/)/.test(target) &&
            !target.startsWith("src/ports/"))),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it("lets only the database room know libSQL and only imaging know image libraries", () => {
    const wrong = imports.filter(({ file, target, typeOnly }) =>
      PACKAGES.some(({ name, room }) => !typeOnly && name.test(target) && !file.startsWith(`${room}/`)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it("keeps Node out of the portable rooms", () => {
    const wrong = imports.filter(
      ({ file, target, typeOnly }) =>
        !typeOnly &&
        target.startsWith("node:") &&
        roomOf(file) !== null &&
        !NODE_ONLY.some((pattern) => pattern.test(file)) &&
        file !== "src/storage/local-files.ts",
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it("lets nobody import an entry", () => {
    const entries = new Set(["src/main.ts", "src/cli.ts", "src/app.ts", "admin/worker.ts"]);
    const wrong = inside.filter(({ file, target }) => entries.has(target) && roomOf(file) !== null);
    expect(wrong.map(show)).toEqual([]);
  });
});
