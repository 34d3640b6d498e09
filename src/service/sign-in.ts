import { and, eq, gt, isNull } from "drizzle-orm";
import { guarded, write } from "../db/index.ts";
import { auditEntry } from "../operations/index.ts";
import { consoleSession, signInLink } from "../operations/schema.ts";
import type { Role } from "../ports/actor.ts";
import type { Deps } from "../ports/deps.ts";
import { toBase64Url } from "../storage/index.ts";
import type { AdminSession } from "../ports/for-admins.ts";

const LINK_LIFE_MS = 15 * 60_000;
const SESSION_LIFE_MS = 12 * 60 * 60_000;

/** Links and cookies are stored as their SHA-256 only. */
async function hash(token: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token))));
}

/** A one-time sign-in link for the console. */
export async function makeSignInLink(deps: Deps, role: Role): Promise<{ url: string; expiresAt: number }> {
  const token = toBase64Url(deps.random.bytes(32));
  const expiresAt = deps.clock.now() + LINK_LIFE_MS;
  await deps.db.batch([
    write(deps.db.orm.insert(signInLink).values({ id: await hash(token), role, expiresAt })),
    auditEntry(
      deps,
      { kind: "system", name: "console-link" },
      { action: "sign_in_link", subject: "console", subjectId: role, detail: null },
    ),
  ]);
  return { url: `${deps.policy.siteUrl}/admin/sign-in/${token}`, expiresAt };
}

/** Uses a link up and opens a session; null when the link is unknown, used or too old. */
export async function signIn(
  deps: Deps,
  token: string,
): Promise<{ cookie: string; session: AdminSession; expiresAt: number } | null> {
  const now = deps.clock.now();
  const id = await hash(token);
  const [link] = await deps.db.orm.select().from(signInLink).where(eq(signInLink.id, id));
  if (link === undefined) return null;
  const cookie = toBase64Url(deps.random.bytes(32));
  const sessionId = await hash(cookie);
  const expiresAt = now + SESSION_LIFE_MS;
  const result = await deps.db.batch([
    guarded(
      "unused link",
      deps.db.orm
        .update(signInLink)
        .set({ usedAt: now })
        .where(and(eq(signInLink.id, id), isNull(signInLink.usedAt), gt(signInLink.expiresAt, now))),
    ),
    write(
      deps.db.orm
        .insert(consoleSession)
        .values({ id: sessionId, role: link.role, createdAt: now, expiresAt }),
    ),
    auditEntry(
      deps,
      { kind: "admin", adminId: sessionId, role: link.role },
      { action: "sign_in", subject: "console", subjectId: link.role, detail: null },
    ),
  ]);
  return result.ok ? { cookie, session: { id: sessionId, role: link.role }, expiresAt } : null;
}

/** The session of a cookie, or null. */
export async function readSession(deps: Deps, cookie: string): Promise<AdminSession | null> {
  const [row] = await deps.db.orm
    .select()
    .from(consoleSession)
    .where(and(eq(consoleSession.id, await hash(cookie)), gt(consoleSession.expiresAt, deps.clock.now())));
  return row === undefined ? null : { id: row.id, role: row.role };
}

export async function signOut(deps: Deps, session: AdminSession): Promise<void> {
  await deps.db.batch([write(deps.db.orm.delete(consoleSession).where(eq(consoleSession.id, session.id)))]);
}
