import { describe, expect, it } from "vitest";
import { AppError } from "../../src/ports/errors.ts";
import type { RunInput, RunRequest } from "../../src/ports/provider.ts";
import { createStudioProvider } from "../../src/providers/studio/index.ts";
import { scriptedImaging } from "../kit/imaging.ts";

const photo = (blobId: string) => ({ personId: "person", blobId });

function request(change: Partial<Extract<RunInput, { kind: "render" }>> = {}): RunRequest {
  const input: RunInput = {
    kind: "render",
    promptId: "prompt",
    product: "studio",
    personId: "person",
    style: "corporate-grey",
    seed: 7,
    photos: [photo("one")],
    tune: null,
    promptText: null,
    count: 1,
    ...change,
  };
  return { attemptId: "attempt", createdAt: 0, webhookUrl: null, input };
}

function studio(script: Parameters<typeof scriptedImaging>[0] = {}, broken: AppError | null = null) {
  const imaging = scriptedImaging(script);
  const blobs = {
    read: async (_: string, blobId: string) => {
      if (broken) throw broken;
      return new TextEncoder().encode(blobId);
    },
  };
  return { imaging, provider: createStudioProvider({ imaging, blobs }) };
}

const { signal } = new AbortController();
const NO_MASK = { styles: ["own-background", "black-white"], cropCost: 1, maskTrusted: false } as const;

describe("the studio", () => {
  it("makes one picture from the photo, free and over at once", async () => {
    const { provider } = studio();
    const answer = await provider.submit(request(), signal);
    expect(answer).toMatchObject({
      kind: "accepted",
      snapshot: {
        state: "succeeded",
        actualMicros: 0,
        externalId: "studio-attempt",
        outputs: [{ backdropReplaced: true }],
      },
    });
    if (answer.kind !== "accepted") return;
    const [output] = answer.snapshot.outputs;
    if (output === undefined) throw new Error("nothing was made");
    const { bytes, mime } = await provider.collect(output);
    expect([new TextDecoder().decode(bytes), mime]).toEqual(["corporate-grey of one with 7", "image/jpeg"]);
  });

  it("says when the person's own background was kept", async () => {
    const answer = await studio().provider.submit(request({ style: "own-background" }), signal);
    expect(answer).toMatchObject({ snapshot: { outputs: [{ backdropReplaced: false }] } });
  });

  it("takes the first photo that allows the style and plans each photo once", async () => {
    const { imaging, provider } = studio();
    imaging.plan(new TextEncoder().encode("one"), NO_MASK);
    const both = request({ photos: [photo("one"), photo("two")] });
    await provider.submit(both, signal);
    await provider.submit(both, signal);
    expect(imaging.calls).toEqual([
      "plan one",
      "plan two",
      "render corporate-grey of two",
      "render corporate-grey of two",
    ]);
  });

  it.each([
    ["a style that the photo does not allow", request({ style: "city" }), "style_not_possible"],
    ["a style that needs AI", request({ style: "boardroom" }), "style_not_possible"],
    ["a photo that is gone", request({ photos: [] }), "photo_missing"],
  ])("refuses %s by name", async (_, wanted, code) => {
    const { imaging, provider } = studio();
    imaging.plan(new TextEncoder().encode("one"), NO_MASK);
    expect(await provider.submit(wanted, signal)).toMatchObject({
      kind: "refused",
      failure: { class: "persons_fault", code },
    });
  });

  it.each([
    [new AppError("BLOB_MISSING", "no such blob"), "persons_fault", "photo_missing"],
    [new AppError("KEY_DROPPED", "erased"), "persons_fault", "photo_missing"],
    [new AppError("IMAGING_FAILED", "the thread ended", { retryable: true }), "retryable", "imaging_failed"],
    [new AppError("IMAGING_FAILED", "poison"), "poison", "imaging_failed"],
  ])("tells what %s means", async (error, kind, code) => {
    const answer = await studio({}, error).provider.submit(request(), signal);
    expect(answer).toMatchObject({ kind: "refused", failure: { class: kind, code } });
  });

  it("lets a failing database be thrown, so that the step tries again", async () => {
    const busy = new AppError("DATABASE_BUSY", "locked", { retryable: true });
    await expect(studio({}, busy).provider.submit(request(), signal)).rejects.toBe(busy);
  });

  it("proves a lost run absent, because making it again costs nothing and gives the same bytes", async () => {
    const { provider } = studio();
    expect(await provider.find(request())).toEqual({ kind: "absent" });
    expect(await provider.read("studio-attempt")).toMatchObject({
      state: "failed",
      failure: { class: "retryable" },
    });
  });

  it("estimates nothing to pay and about a second a picture beside the preparation", async () => {
    const { provider } = studio();
    expect(await provider.estimate(request().input)).toEqual({
      expectedMicros: 0,
      ceilingMicros: 0,
      expectedMs: 2500,
      priceId: null,
    });
  });

  it("says in its health which styles are left without the mask model", async () => {
    expect(await studio().provider.health()).toMatchObject({ ok: true });
    expect(await studio({ status: { segmentation: "failed" } }).provider.health()).toEqual({
      ok: true,
      detail: "the mask model did not load: own-background and black-white only",
    });
    expect(await studio({ status: { faces: "failed" } }).provider.health()).toMatchObject({ ok: false });
  });
});
