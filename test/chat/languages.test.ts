import { describe, expect, it } from "vitest";
import { explainError, negotiateLanguage } from "../../src/chat/index.ts";
import { AppError } from "../../src/ports/errors.ts";

describe("choosing a language", () => {
  it.each([
    ["de", "de"],
    ["de-AT", "de"],
    ["en_GB", "en"],
    ["fr-CH, fr;q=0.9, de;q=0.7, en;q=0.8", "en"],
    ["fr, de;q=0", null],
    ["pt-br", null],
    ["", null],
    [null, null],
    [undefined, null],
  ])("takes %s as %s", (tags, language) => expect(negotiateLanguage(tags)).toBe(language));
});

describe("what a person reads when an event could not be taken", () => {
  it("names a full disk, a busy database and everything else, in both languages", () => {
    const full = new AppError("DISK_FULL", "no space", { retryable: true });
    const busy = new AppError("DATABASE_BUSY", "locked", { retryable: true });
    expect(explainError(full, "en")).toContain("disk here is full");
    expect(explainError(full, "de")).toContain("Festplatte");
    expect(explainError(busy, "en")).toContain("Send it again");
    expect(explainError(new Error("secret path"), "en")).not.toContain("secret");
  });
});
