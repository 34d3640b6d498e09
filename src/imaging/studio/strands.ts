import type { FaceGeometry } from "./geometry.ts";
import { opened } from "./morphology.ts";
import { clamp01, smoothstep, type Plane } from "./planes.ts";

/** Half the width of the widest strand, in face heights. */
const STRAND = 0.012;
/** Deviations of the background's colours between which a strand is believed less and less. */
const QUIET = 0.035;
const BUSY = 0.09;

/**
 * Where all views of the mask agree, colours may add strands of hair outside and gaps between strands inside, but no
 * patch: a patch is something in the room that has the colour of the hair. In a busy room what looks like a strand
 * is an edge of something, too.
 */
export function onlyStrandsDissent(alpha: Plane, probability: Plane, busy: Plane, face: FaceGeometry): Plane {
  const { width, height } = alpha;
  const radius = STRAND * face.faceHeight;
  const patches = opened(alpha, radius).data;
  const holes = opened({ width, height, data: alpha.data.map((value) => 1 - value) }, radius).data;
  const data = new Float32Array(alpha.data.length);
  for (let p = 0; p < data.length; p++) {
    const likely = probability.data[p]!;
    const doubted = 1 - smoothstep(0.15, 0.5, likely);
    const fill = holes[p]! * smoothstep(0.9, 0.985, likely);
    const strands = clamp01(alpha.data[p]! - doubted * patches[p]! + fill);
    data[p] = strands * (1 - doubted * smoothstep(QUIET, BUSY, busy.data[p]!));
  }
  return { width, height, data };
}
