import { readFile } from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import type { Pixels } from "../pixels.ts";
import { packageFolder } from "./files.ts";

export interface IdentityModel {
  /** The 128-number vector of one aligned 150 x 150 chip; Euclidean distance compares two. */
  describe(chip: Pixels): Promise<Float32Array>;
}

export const CHIP_SIDE = 150;

/** Mean colour that the network was trained on (dlib's face recognition ResNet, as face-api.js states it). */
const MEAN = [122.782, 117.001, 104.298];

type Weights = (name: string) => tf.Tensor;

const manifestSchema = z.array(
  z.object({
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number().int().positive()),
        dtype: z.literal("float32"),
        quantization: z.object({ dtype: z.literal("uint8"), scale: z.number(), min: z.number() }).optional(),
      }),
    ),
  }),
);

/** Blocks of the network in order; a `down` block halves the size and pads the missing channels with zeros. */
const BLOCKS = [
  "conv32_1",
  "conv32_2",
  "conv32_3",
  "conv64_down",
  "conv64_1",
  "conv64_2",
  "conv64_3",
  "conv128_down",
  "conv128_1",
  "conv128_2",
  "conv256_down",
  "conv256_1",
  "conv256_2",
  "conv256_down_out",
];

/** Needs a ready tfjs backend (`loadFaces` makes one). Reads only the weights of face-api, none of its code. */
export async function loadIdentity(): Promise<IdentityModel> {
  const folder = path.join(packageFolder("@vladmandic/face-api"), "model");
  const manifest = await readFile(path.join(folder, "face_recognition_model-weights_manifest.json"), "utf8");
  const [group] = manifestSchema.parse(JSON.parse(manifest));
  if (!group) throw new Error("identity weights: empty manifest");
  const bytes = new Uint8Array(await readFile(path.join(folder, "face_recognition_model.bin")));
  const specs = group.weights.map(({ quantization, ...spec }) =>
    quantization ? { ...spec, quantization } : spec,
  );
  const tensors = tf.io.decodeWeights(bytes.buffer, specs);
  const weights: Weights = (name) => {
    const tensor = tensors[name];
    if (!tensor) throw new Error(`identity weights: ${name} is missing`);
    return tensor;
  };
  return { describe: (chip) => describe(weights, chip) };
}

async function describe(weights: Weights, chip: Pixels): Promise<Float32Array> {
  const output = tf.tidy(() => {
    const input = tf.tensor4d(chip.data, [1, chip.height, chip.width, 3], "float32");
    const start: tf.Tensor4D = tf.div(tf.sub(input, MEAN), 255);
    let x = tf.relu(convolve(weights, start, "conv32_down", 2, "valid"));
    x = tf.maxPool(x, 3, 2, "valid");
    for (const name of BLOCKS) x = block(weights, x, name);
    return tf.matMul(tf.mean<tf.Tensor2D>(x, [1, 2]), weights("fc"));
  });
  try {
    return Float32Array.from(await output.data());
  } finally {
    output.dispose();
  }
}

function block(weights: Weights, x: tf.Tensor4D, name: string): tf.Tensor4D {
  if (!name.includes("down")) {
    const inner = convolve(
      weights,
      tf.relu(convolve(weights, x, `${name}/conv1`, 1, "same")),
      `${name}/conv2`,
      1,
      "same",
    );
    return tf.relu(tf.add(inner, x));
  }
  let inner: tf.Tensor4D = tf.relu(convolve(weights, x, `${name}/conv1`, 2, "valid"));
  inner = convolve(weights, inner, `${name}/conv2`, 1, "same");
  let pooled: tf.Tensor4D = tf.avgPool(x, 2, 2, "valid");
  // The strided branch comes out one row and column short of the pooled one, and wider by half the channels.
  const [, rows, columns, channels] = inner.shape;
  const [, wantedRows, wantedColumns] = pooled.shape;
  inner = tf.pad(inner, [
    [0, 0],
    [0, wantedRows - rows],
    [0, wantedColumns - columns],
    [0, 0],
  ]);
  pooled = tf.pad(pooled, [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, channels - pooled.shape[3]],
  ]);
  return tf.relu(tf.add(inner, pooled));
}

function convolve(
  weights: Weights,
  x: tf.Tensor4D,
  name: string,
  stride: number,
  padding: "same" | "valid",
): tf.Tensor4D {
  const out = tf.conv2d(x, weights(`${name}/conv/filters`) as tf.Tensor4D, stride, padding);
  const biased = tf.add(out, weights(`${name}/conv/bias`));
  return tf.add(tf.mul(biased, weights(`${name}/scale/weights`)), weights(`${name}/scale/biases`));
}
