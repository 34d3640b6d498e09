import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Merger } from "../people/index.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { face, selfie } from "./schema.ts";

/** Hands faces and photos to the person that theirs was linked into. */
export function mergeSelfies({ db }: Pick<SelfieDeps, "db">): Merger {
  return ({ from, into }) => [
    write(db.orm.update(face).set({ personId: into }).where(eq(face.personId, from))),
    write(db.orm.update(selfie).set({ personId: into }).where(eq(selfie.personId, from))),
  ];
}
