import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import { stillHere } from "./consent.ts";
import { sha256 } from "./hash.ts";
import { LINK_CODE_BYTES, LINK_CODE_MS, linkCodeFrom } from "./rules.ts";
import { linkCode } from "./schema.ts";

/** How a code is stored. */
export function linkCodeId(code: string): Promise<string> {
  return sha256(`link:${code}`);
}

/**
 * A code to be typed in another chat within ten minutes; earlier ones of the person stop working. Shown once, kept hashed.
 * @throws AppError CONFLICT when the person is being erased
 */
export async function createLinkCode(
  deps: Pick<Deps, "db" | "clock" | "random">,
  personId: string,
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const code = linkCodeFrom(deps.random.bytes(LINK_CODE_BYTES));
  const expiresAt = deps.clock.now() + LINK_CODE_MS;
  const made = await deps.db.batch([
    stillHere(deps, personId),
    write(deps.db.orm.delete(linkCode).where(eq(linkCode.personId, personId))),
    write(deps.db.orm.insert(linkCode).values({ id: await linkCodeId(code), personId, expiresAt })),
  ]);
  if (!made.ok) throw new AppError("CONFLICT", "no link code for somebody who is being erased");
  return { code, expiresAt };
}
