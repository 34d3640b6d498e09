import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { compileFunction } from "node:vm";
import { loadAndCompile, loadLiteRt, Tensor, type CompiledModel } from "@litertjs/core";
import sharp from "sharp";
import { AppError } from "../../ports/errors.ts";
import type { Pixels } from "../pixels.ts";
import { packageFolder, requireFrom, withFileFetch } from "./files.ts";
import { enlarge } from "./enlarge.ts";

export interface SegmentationModel {
  /** How surely each pixel belongs to a person, 0 to 1, row by row at the size of the picture given. */
  segment(pixels: Pixels): Promise<Float32Array>;
}

/** The model's square input and output (selfie_segmentation.tflite: 1x256x256x3 in 0..1, 1x256x256x1 out). */
const SIDE = 256;

/** Loads MediaPipe's selfie segmentation into LiteRT; about 7 ms a picture. */
export async function loadSegmentation(): Promise<SegmentationModel> {
  const wasm = path.join(packageFolder("@litertjs/core"), "wasm");
  const file = path.join(packageFolder("@mediapipe/selfie_segmentation"), "selfie_segmentation.tflite");
  const bytes = new Uint8Array(await readFile(file));
  const model = await withScriptLoader(async () => {
    await withFileFetch(() => loadLiteRt(wasm));
    return loadAndCompile(bytes, { accelerator: "wasm" });
  });
  return { segment: (pixels) => segment(model, pixels) };
}

async function segment(model: CompiledModel, pixels: Pixels): Promise<Float32Array> {
  const raw = { width: pixels.width, height: pixels.height, channels: 3 as const };
  const small = await sharp(pixels.data, { raw }).resize(SIDE, SIDE, { fit: "fill" }).raw().toBuffer();
  if (small.length !== SIDE * SIDE * 3) {
    throw new AppError("IMAGING_FAILED", `segmentation input has ${small.length} bytes`);
  }
  const input = new Tensor(
    Float32Array.from(small, (value) => value / 255),
    [1, SIDE, SIDE, 3],
  );
  const outputs = await model.run([input]);
  try {
    const mask = outputs[0]?.toTypedArray();
    if (!(mask instanceof Float32Array) || mask.length !== SIDE * SIDE) {
      throw new AppError("IMAGING_FAILED", "segmentation gave an unexpected output");
    }
    return enlarge(mask, SIDE, SIDE, pixels.width, pixels.height);
  } finally {
    // Tensors live in the WebAssembly heap; nobody collects them.
    input.delete();
    for (const output of outputs) output.delete();
  }
}

/**
 * LiteRT loads its glue as in a browser: `importScripts` must exist and leave `ModuleFactory` on `self`.
 * Both are lent while it loads and taken away afterwards; inference does not need them. Its start-up
 * chatter (no WebGPU, which accelerators exist) is true of every Node process and is dropped.
 */
async function withScriptLoader<T>(load: () => Promise<T>): Promise<T> {
  const silent = () => undefined;
  const lent = {
    self: globalThis,
    importScripts: runScript,
    Module: { print: silent, printErr: silent },
    console: { ...console, info: silent, warn: silent, error: silent },
  };
  const before = Object.keys(lent).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(lent)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  try {
    return await load();
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
    Reflect.deleteProperty(globalThis, "ModuleFactory");
  }
}

function runScript(file: string): void {
  const source = `${readFileSync(file, "utf8")}\n;globalThis.ModuleFactory = ModuleFactory;`;
  const run = compileFunction(source, ["require", "__filename", "__dirname"], { filename: file });
  run(requireFrom, file, path.dirname(file));
}
