import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../ports/errors.ts";

const KEY_BYTES = 32;

/** The key of this folder, made at first use: readable by its owner only, and never written anywhere else. */
export function localMasterKey(dataDir: string): { readonly key: Uint8Array; readonly isNew: boolean } {
  const path = join(dataDir, "master.key");
  const isNew = !existsSync(path);
  if (isNew)
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  const key = new Uint8Array(Buffer.from(readFileSync(path, "utf8").trim(), "base64url"));
  if (key.length !== KEY_BYTES) {
    throw new AppError(
      "BAD_SETTINGS",
      `${path} does not hold a key of ${KEY_BYTES} bytes: restore it from your backup`,
    );
  }
  return { key, isNew };
}
