import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { Database } from "../ports/database.ts";
import { face, selfie } from "./schema.ts";
import type { FaceRow, SelfieRow } from "./selfie-deps.ts";

interface ReadDeps {
  readonly db: Database;
}

/** A living face, or null. */
export async function readFace({ db }: ReadDeps, faceId: string): Promise<FaceRow | null> {
  const [row] = await db.orm
    .select()
    .from(face)
    .where(and(eq(face.id, faceId), isNull(face.deletedAt)));
  return row ?? null;
}

/** The living faces of a person, newest first. */
export function facesOf({ db }: ReadDeps, personId: string): Promise<FaceRow[]> {
  return db.orm
    .select()
    .from(face)
    .where(and(eq(face.personId, personId), isNull(face.deletedAt)))
    .orderBy(desc(face.id));
}

/** The face that new photos go to: the person's newest, or null. */
export async function currentFace(deps: ReadDeps, personId: string): Promise<FaceRow | null> {
  const [newest] = await facesOf(deps, personId);
  return newest ?? null;
}

export async function readSelfie({ db }: ReadDeps, selfieId: string): Promise<SelfieRow | null> {
  const [row] = await db.orm.select().from(selfie).where(eq(selfie.id, selfieId));
  return row ?? null;
}

/** All photos ever offered for a face, in the order in which they were sent. */
export function selfiesOf({ db }: ReadDeps, faceId: string): Promise<SelfieRow[]> {
  return db.orm
    .select()
    .from(selfie)
    .where(eq(selfie.faceId, faceId))
    .orderBy(asc(selfie.createdAt), asc(selfie.id));
}

/** The order of `selfiesOf`. */
export function sentBefore(one: SelfieRow, other: SelfieRow): boolean {
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;
}
