import type { FaceModel } from "../models/faces.ts";
import type { SegmentationModel } from "../models/segmentation.ts";
import type { Pixels } from "../pixels.ts";
import { planCrop, type CropPlan } from "./crop-plan.ts";
import { decodeSource, resizeBytes } from "./decode.ts";
import { faceGeometry, moveFace, type FaceGeometry } from "./geometry.ts";
import { personMask } from "./person-mask.ts";
import type { Plane } from "./planes.ts";
import { onlyTheFace, silhouetteOf, type Silhouette } from "./silhouette.ts";

/** The models as this thread has them; null did not load. */
export interface StudioModels {
  readonly faces: FaceModel | null;
  readonly segmentation: SegmentationModel | null;
}

/** What is known of a source before anything is cut out or drawn. Lengths are pixels of the source. */
export interface SourcePlan {
  readonly width: number;
  readonly height: number;
  readonly face: FaceGeometry;
  readonly person: Silhouette;
  /** Person probability of the whole source, at its own size; null without a segmentation model. */
  readonly mask: Plane | null;
  readonly maskTrusted: boolean;
  readonly crop: CropPlan;
}

const LONGEST_SOURCE = 3000;
const LONGEST_FOR_FACES = 1600;
const SURE_FACE = 0.5;
/** Even half a face at the frame's edge is somebody whom the mask would keep. */
const SECOND_FACE = 0.35;
/** A mask is not trusted that loses part of the face or leaves this much of the picture undecided. */
const FACE_HELD = 0.97;
const MOST_DOUBT = 0.11;

export async function decodeForStudio(jpeg: Uint8Array): Promise<Pixels> {
  return decodeSource(jpeg, LONGEST_SOURCE);
}

/** Finds the person and the frame; null when no face is found. About 0.4 s. */
export async function planSource(jpeg: Uint8Array, models: StudioModels): Promise<SourcePlan | null> {
  const source = await decodeForStudio(jpeg);
  const found = models.faces ? await findFaces(source, models.faces) : [];
  const face = found.find(({ score }) => score >= SURE_FACE)?.face;
  if (!face) return null;
  const others = found.filter((other) => other.face !== face).map((other) => other.face);
  const { width, height } = source;
  if (!models.segmentation) {
    const person = onlyTheFace(face);
    return {
      width,
      height,
      face,
      person,
      mask: null,
      maskTrusted: false,
      crop: planCrop(source, face, person),
    };
  }
  const mask = await personMask(source, face, models.segmentation);
  const person = silhouetteOf(mask, face, mask.width / width);
  const crop = planCrop(source, face, person);
  const maskTrusted =
    person.faceHeld > FACE_HELD &&
    person.doubt < MOST_DOUBT &&
    !others.some((other) => isSecondPerson(other, face, crop));
  return { width, height, face, person, mask, maskTrusted, crop };
}

interface FoundFace {
  readonly face: FaceGeometry;
  readonly score: number;
}

/** Faces, tallest first, in pixels of the source. */
async function findFaces(source: Pixels, model: FaceModel): Promise<FoundFace[]> {
  const scale = Math.min(1, LONGEST_FOR_FACES / Math.max(source.width, source.height));
  const whole = { left: 0, top: 0, width: source.width, height: source.height };
  const small =
    scale === 1
      ? source
      : await resizeBytes(
          source,
          3,
          whole,
          Math.round(source.width * scale),
          Math.round(source.height * scale),
        );
  const back = source.width / small.width;
  return (await model.detect(small))
    .filter((face) => face.boxScore >= SECOND_FACE)
    .map((face) => ({ face: moveFace(faceGeometry(face), 0, 0, back), score: face.boxScore }))
    .toSorted((a, b) => b.face.faceHeight - a.face.faceHeight);
}

/** The mask knows people, not one person: with a second face in the frame it would hold both. */
function isSecondPerson(other: FaceGeometry, face: FaceGeometry, { frame }: CropPlan): boolean {
  const { x, y } = other.centre;
  // The detector may find one face twice.
  if (Math.hypot(x - face.centre.x, y - face.centre.y) < 0.6 * face.faceHeight) return false;
  return x > frame.left && x < frame.left + frame.width && y > frame.top && y < frame.top + frame.height;
}
