import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Merger } from "../people/index.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { picture } from "./schema.ts";

/** Hands pictures to the person that theirs was linked into. */
export function mergePictures({ db }: Pick<PictureDeps, "db">): Merger {
  return ({ from, into }) => [
    write(db.orm.update(picture).set({ personId: into }).where(eq(picture.personId, from))),
  ];
}
