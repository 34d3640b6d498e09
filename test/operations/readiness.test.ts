import { describe, expect, it } from "vitest";
import { readiness } from "../../src/operations/index.ts";
import { AppError } from "../../src/ports/errors.ts";
import { fakeClock } from "../kit/time.ts";

const works = (): Promise<void> => Promise.resolve();

describe("readiness", () => {
  it("is given when every part works", async () => {
    const answer = await readiness({ clock: fakeClock() }, { database: works, storage: works });
    expect(answer).toEqual({ ready: true, problems: { database: null, storage: null } });
  });

  it("names each part that does not work and why", async () => {
    const answer = await readiness(
      { clock: fakeClock() },
      {
        database: () =>
          Promise.reject(new AppError("DATABASE_BUSY", "the database is locked by another program")),
        storage: () => Promise.reject(new Error("EACCES /secret/path")),
        waker: () => Promise.resolve("no sweep has ended lately"),
      },
    );
    expect(answer).toEqual({
      ready: false,
      problems: {
        database: "the database is locked by another program",
        storage: "failed: the log says why",
        waker: "no sweep has ended lately",
      },
    });
  });

  it("does not wait for a part that hangs", async () => {
    const clock = fakeClock();
    const answer = readiness({ clock }, { storage: () => new Promise(() => undefined) });
    clock.advance(3000);
    expect(await answer).toEqual({
      ready: false,
      problems: { storage: "gave no answer within 3 seconds" },
    });
    expect(clock.nextDue()).toBeNull();
  });
});
