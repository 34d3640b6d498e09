import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { AppError } from "../../ports/errors.ts";
import type { Pixels } from "../pixels.ts";
import { folderUrl, packageFolder, requireFrom, withFileFetch } from "./files.ts";

/** A mesh point in pixels of the picture given; `z` is depth in the same scale, smaller is nearer. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** One face with its 478-point mesh (MediaPipe face mesh numbering, 468 to 477 are the irises). */
export interface Face {
  readonly boxScore: number;
  /** How well the mesh fits, 0 to 1. */
  readonly meshScore: number;
  readonly mesh: readonly Point[];
  /** Degrees; positive yaw and roll as `human` defines them. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

export interface FaceModel {
  /** Every candidate with a full mesh, weak ones included (boxScore from 0.2): the caller filters. */
  detect(pixels: Pixels): Promise<readonly Face[]>;
}

/** The part of `human`'s result that is read here (types/human.d.ts, version 3.3.6). */
interface HumanFace {
  boxScore: number;
  faceScore: number;
  mesh: readonly (readonly number[])[];
  rotation?: { angle: { roll: number; yaw: number; pitch: number } } | null;
}

interface HumanInstance {
  init(): Promise<void>;
  load(): Promise<void>;
  detect(input: tf.Tensor4D): Promise<{ face: HumanFace[]; error?: string | null }>;
}

interface HumanModule {
  Human: new (config: object) => HumanInstance;
}

const FULL_MESH = 478;
const DEGREES = 180 / Math.PI;

/** Loads the detector, the mesh and the iris model; all files come from the installed packages. */
export async function loadFaces(): Promise<FaceModel> {
  const folder = packageFolder("@vladmandic/human");
  // The package's `exports` hides its WebAssembly build; the default Node entry wants the native tfjs-node.
  const { Human }: HumanModule = requireFrom(path.join(folder, "dist", "human.node-wasm.js"));
  const human = new Human(options(folder));
  await withFileFetch(async () => {
    await human.init();
    await human.load();
  });
  return { detect: (pixels) => detect(human, pixels) };
}

async function detect(human: HumanInstance, pixels: Pixels): Promise<readonly Face[]> {
  const input = tf.tensor4d(pixels.data, [1, pixels.height, pixels.width, 3], "float32");
  try {
    const result = await human.detect(input);
    if (result.error) throw new AppError("IMAGING_FAILED", `face detection: ${result.error}`);
    return result.face.filter((face) => face.mesh.length === FULL_MESH).map(toFace);
  } finally {
    input.dispose();
  }
}

function toFace(face: HumanFace): Face {
  const angle = face.rotation?.angle ?? { yaw: 0, pitch: 0, roll: 0 };
  return {
    boxScore: face.boxScore,
    meshScore: face.faceScore,
    mesh: face.mesh.map(([x = 0, y = 0, z = 0]) => ({ x, y, z })),
    yaw: angle.yaw * DEGREES,
    pitch: angle.pitch * DEGREES,
    roll: angle.roll * DEGREES,
  };
}

function options(folder: string): object {
  const off = { enabled: false };
  return {
    backend: "wasm",
    modelBasePath: folderUrl(path.join(folder, "models")),
    wasmPath: `${path.join(packageFolder("@tensorflow/tfjs-backend-wasm"), "dist")}${path.sep}`,
    wasmPlatformFetch: false,
    // Without this `human` may answer with the previous picture's faces.
    cacheSensitivity: 0,
    debug: false,
    filter: off,
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { maxDetected: 10, minConfidence: 0.2, rotation: true, return: false },
      mesh: { enabled: true },
      iris: { enabled: true },
      attention: off,
      description: off,
      emotion: off,
      antispoof: off,
      liveness: off,
    },
  };
}
