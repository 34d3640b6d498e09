import type { FaceMeasures } from "../../ports/imaging.ts";
import type { Face } from "../models/faces.ts";
import type { IdentityModel } from "../models/identity.ts";
import type { Pixels } from "../pixels.ts";
import { identify } from "./identify.ts";
import { eyeAspect, eyeMidpoint, faceHeight, outsideShare, ovalBox } from "./mesh.ts";
import { sharpness } from "./sharpness.ts";
import { smile } from "./smile.ts";
import { measureTone } from "./tone.ts";

/** Everything that can be told of one face. `scale` turns lengths in `pixels` into the original's. */
export async function measureFace(
  pixels: Pixels,
  face: Face,
  scale: number,
  identity: IdentityModel | null,
): Promise<FaceMeasures> {
  const { left, top, width, height } = ovalBox(face);
  return {
    faceHeight: faceHeight(face) * scale,
    box: { left: left * scale, top: top * scale, width: width * scale, height: height * scale },
    boxScore: face.boxScore,
    eyeLine: eyeMidpoint(face).y / pixels.height,
    outsideShare: outsideShare(face, pixels.width, pixels.height),
    yaw: face.yaw,
    pitch: face.pitch,
    roll: face.roll,
    sharpness: sharpness(pixels, face),
    ...measureTone(pixels, face),
    eyeAspect: eyeAspect(face),
    smile: smile(face),
    identity: identity && (await identify(identity, pixels, face)),
  };
}
