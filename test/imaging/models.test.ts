import { describe, expect, it, vi } from "vitest";
import { enlarge } from "../../src/imaging/models/enlarge.ts";
import { packageFolder, withFileFetch } from "../../src/imaging/models/files.ts";
import { createModels } from "../../src/imaging/models/shelf.ts";
import { toPixels } from "../../src/imaging/pixels.ts";
import { selfTest } from "../../src/imaging/self-test.ts";
import { models, noModels, oneFace } from "./kit.ts";

// Models start in seconds, on a busy machine in many.
vi.setConfig({ testTimeout: 120_000 });

describe("the models", () => {
  it("load once, on first use", async () => {
    let loads = 0;
    const shelf = createModels({
      faces: () => Promise.reject(new Error("unused")),
      identity: () => Promise.reject(new Error("unused")),
      segmentation: async () => {
        loads += 1;
        return { segment: async () => new Float32Array() };
      },
    });
    expect(loads).toBe(0);
    expect(await shelf.segmentation()).toBe(await shelf.segmentation());
    expect(loads).toBe(1);
  });

  it("count as failed when they do not load, and when they answer nonsense", async () => {
    const { faces, identity, segmentation } = await selfTest(noModels);
    expect({ faces, identity, segmentation }).toEqual({
      faces: "failed",
      identity: "failed",
      segmentation: "failed",
    });
    const nonsense = createModels({
      faces: async () => ({ detect: async () => [] }),
      identity: async () => ({ describe: async () => new Float32Array(128).fill(Number.NaN) }),
      segmentation: async () => ({ segment: async ({ width, height }) => new Float32Array(width * height) }),
    });
    expect(await selfTest(nonsense)).toMatchObject({
      faces: "failed",
      identity: "failed",
      segmentation: "failed",
    });
  });

  it("leave the thread's globals as they were", async () => {
    const before = [globalThis.fetch, globalThis.console];
    await models.faces();
    await models.segmentation();
    expect([globalThis.fetch, globalThis.console]).toEqual(before);
    expect(Reflect.has(globalThis, "importScripts")).toBe(false);
    expect(Reflect.has(globalThis, "ModuleFactory")).toBe(false);
    expect(Reflect.has(globalThis, "Module")).toBe(false);
  });

  it("do not leave `fetch` wrapped when loading fails", async () => {
    const before = globalThis.fetch;
    await expect(withFileFetch(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(globalThis.fetch).toBe(before);
  });

  it("see the person in the middle and none in the corner", async () => {
    const model = await models.segmentation();
    if (!model) throw new Error("no segmentation");
    const { data, width, height } = await toPixels(oneFace());
    const mask = await model.segment({ data, width, height });
    expect(mask).toHaveLength(width * height);
    expect(mask[Math.floor(height / 2) * width + Math.floor(width / 2)]).toBeGreaterThan(0.9);
    expect(mask[5 * width + 5]).toBeLessThan(0.1);
  });

  it("are looked for in the installed packages", () => {
    expect(packageFolder("@vladmandic/human")).toMatch(/node_modules[\\/]@vladmandic[\\/]human$/);
    expect(() => packageFolder("not-a-package-of-ours")).toThrow("not installed");
  });
});

describe("enlarging a mask", () => {
  it("keeps a flat plane flat and a slope monotone", () => {
    expect(new Set(enlarge(new Float32Array(16).fill(0.25), 4, 4, 13, 9))).toEqual(new Set([0.25]));
    const slope = enlarge(Float32Array.from([0, 1, 0, 1]), 2, 2, 10, 1);
    expect([...slope]).toEqual([...slope].toSorted((a, b) => a - b));
    expect([slope[0], slope[9]]).toEqual([0, 1]);
  });
});
