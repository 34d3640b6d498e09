import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DecodeRefusal, FaceMeasures } from "../../src/ports/imaging.ts";
import { REASON_CODES, type ReasonCode, type Verdict } from "../../src/ports/selfie.ts";
import { judgeSelfie } from "../../src/selfies/rules/verdict.ts";
import { goodFace, goodPhoto, judge } from "./kit.ts";

/** Codes that never refuse by themselves. */
const WARNINGS: ReadonlySet<ReasonCode> = new Set([
  "low_resolution",
  "soft",
  "eyes_closed",
  "black_and_white",
  "not_checked",
]);

describe("judging one selfie", () => {
  it("keeps a good one with a full score and no reason", () => {
    expect(judge(goodPhoto())).toEqual({ verdict: "keep", reasons: [], score: 100 });
  });

  it.each<DecodeRefusal>([
    "not_an_image",
    "unsupported_type",
    "animated",
    "unreadable",
    "file_too_large",
    "dimensions_too_large",
    "low_resolution",
  ])("refuses a file that came back as %s", (code) => {
    expect(judgeSelfie({ ok: false, code })).toEqual({ verdict: "refuse", reasons: [code], score: 0 });
  });

  it("refuses a picture without a face", () => {
    expect(judge(goodPhoto({}, { faceHeights: [], face: null }))).toMatchObject({
      verdict: "refuse",
      reasons: ["no_face"],
    });
  });

  it("says not checked where the face model did not load, and never keeps unseen", () => {
    const unseen = judge(goodPhoto({}, { faceHeights: null, face: null }));
    expect(unseen).toMatchObject({ verdict: "warn", reasons: ["not_checked"] });
    expect(judge(goodPhoto({ identity: null }))).toMatchObject({ verdict: "warn", reasons: ["not_checked"] });
  });

  it.each<[ReasonCode, Verdict, Partial<FaceMeasures>]>([
    ["face_cut_off", "refuse", { outsideShare: 0.121 }],
    ["face_too_small", "refuse", { faceHeight: 149 }],
    ["low_resolution", "warn", { faceHeight: 279 }],
    ["too_dark", "refuse", { luminanceMean: 47 }],
    ["too_dark", "refuse", { luminanceMean: 60, luminanceP90: 74 }],
    ["too_dark", "warn", { luminanceMean: 69 }],
    ["too_dark", "warn", { darkShare: 0.21 }],
    ["too_bright", "refuse", { brightShare: 0.36 }],
    ["too_bright", "refuse", { luminanceMean: 236 }],
    ["too_bright", "warn", { brightShare: 0.13 }],
    ["blurry", "refuse", { sharpness: 0.061 }],
    ["soft", "warn", { sharpness: 0.119 }],
    ["sunglasses", "refuse", { underEyeChromaRatio: 0.41, underEyeBrightnessRatio: 0.74 }],
    ["face_covered", "refuse", { lowerFaceColourDistance: 21, lipContrast: 2.9 }],
    ["face_turned_away", "refuse", { yaw: -46 }],
    ["face_turned_away", "refuse", { pitch: 36 }],
    ["face_turned_away", "warn", { yaw: 29 }],
    ["face_turned_away", "warn", { roll: -31 }],
    ["eyes_closed", "warn", { eyeAspect: 0.149 }],
    ["black_and_white", "warn", { cheekChroma: 2.9 }],
  ])("answers %s with %s", (code, verdict, change) => {
    expect(judge(goodPhoto(change))).toMatchObject({ verdict, reasons: [code] });
  });

  it("refuses a second face of half the height and warns of a smaller one", () => {
    expect(judge(goodPhoto({}, { faceHeights: [400, 201] }))).toMatchObject({
      verdict: "refuse",
      reasons: ["multiple_faces"],
    });
    expect(judge(goodPhoto({}, { faceHeights: [400, 199] }))).toMatchObject({
      verdict: "warn",
      reasons: ["multiple_faces"],
    });
  });

  it("keeps well-lit dark skin, deep-set eyes, clear glasses and beards", () => {
    expect(judge(goodPhoto({ luminanceMean: 79, luminanceP90: 137 })).verdict).toBe("keep");
    expect(judge(goodPhoto({ underEyeBrightnessRatio: 0.43, underEyeChromaRatio: 0.59 })).verdict).toBe(
      "keep",
    );
    expect(judge(goodPhoto({ underEyeBrightnessRatio: 0.58, underEyeChromaRatio: 0.47 })).verdict).toBe(
      "keep",
    );
    expect(judge(goodPhoto({ lowerFaceColourDistance: 22, lipContrast: 3.1 })).verdict).toBe("keep");
  });

  it("does not look for glasses and masks in a blur, in the dark or without colour", () => {
    const glasses = {
      underEyeChromaRatio: 0.1,
      underEyeBrightnessRatio: 0.2,
      lowerFaceColourDistance: 40,
      lipContrast: 0,
    };
    expect(judge(goodPhoto({ ...glasses, sharpness: 0.03 })).reasons).toEqual(["blurry"]);
    expect(judge(goodPhoto({ ...glasses, luminanceMean: 30 })).reasons).toEqual(["too_dark"]);
    expect(judge(goodPhoto({ ...glasses, cheekChroma: 1 })).reasons).toEqual(["black_and_white"]);
  });

  it("names the most useful reason first", () => {
    const many = goodPhoto(
      { faceHeight: 120, luminanceMean: 20, sharpness: 0.01 },
      { faceHeights: [120, 110] },
    );
    expect(judge(many).reasons).toEqual(["multiple_faces", "face_too_small", "too_dark", "blurry"]);
  });

  it("takes points off for every warning", () => {
    expect(judge(goodPhoto({ faceHeight: 200 })).score).toBe(80);
    expect(judge(goodPhoto({ faceHeight: 200, sharpness: 0.1 })).score).toBe(55);
  });

  it("holds together for any measures", () => {
    const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
    const face = fc.record({
      faceHeight: number(2000),
      outsideShare: number(1),
      yaw: fc.double({ min: -90, max: 90, noNaN: true }),
      roll: fc.double({ min: -90, max: 90, noNaN: true }),
      sharpness: number(1),
      luminanceMean: number(255),
      luminanceP90: number(255),
      darkShare: number(1),
      brightShare: number(1),
      underEyeChromaRatio: number(3),
      underEyeBrightnessRatio: number(2),
      lowerFaceColourDistance: number(60),
      lipContrast: number(30),
      eyeAspect: number(0.6),
      cheekChroma: number(60),
    });
    fc.assert(
      fc.property(face, fc.array(number(2000), { maxLength: 4 }), (change, others) => {
        const measured = goodFace(change);
        const judged = judge({
          ...goodPhoto(),
          face: measured,
          faceHeights: [measured.faceHeight, ...others],
        });
        expect(judged.score).toBeGreaterThanOrEqual(0);
        expect(judged.score).toBeLessThanOrEqual(100);
        expect(new Set(judged.reasons).size).toBe(judged.reasons.length);
        for (const code of judged.reasons) expect(REASON_CODES).toContain(code);
        expect(judged.verdict === "keep").toBe(judged.reasons.length === 0);
        if (judged.verdict === "refuse") expect(judged.score).toBe(0);
        expect(judged.reasons.some((code) => WARNINGS.has(code)) && judged.verdict === "refuse").toBe(false);
      }),
    );
  });
});
