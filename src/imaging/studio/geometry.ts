import type { Face, Point } from "../models/faces.ts";

/** What the studio needs of a face, in pixels of the picture it was found in. */
export interface FaceGeometry {
  readonly mesh: readonly Point[];
  readonly centre: { readonly x: number; readonly y: number };
  readonly eyes: { readonly x: number; readonly y: number };
  readonly chin: number;
  readonly forehead: number;
  /** Forehead (mesh 10) to chin (152). */
  readonly faceHeight: number;
  readonly faceWidth: number;
  readonly yaw: number;
}

const LEFT_EYE = [33, 133, 159, 145] as const;
const RIGHT_EYE = [362, 263, 386, 374] as const;
const FOREHEAD = 10;
const CHIN = 152;
const CHEEKS = [234, 454] as const;

export function faceGeometry(face: Face): FaceGeometry {
  const at = (index: number) => face.mesh[index]!;
  const eyes = mean([...LEFT_EYE, ...RIGHT_EYE].map(at));
  const cheeks = mean(CHEEKS.map(at));
  const forehead = at(FOREHEAD);
  const chin = at(CHIN);
  return {
    mesh: face.mesh,
    // Eyes alone follow the turn of the head, cheeks alone its outline: the eye expects something between.
    centre: { x: (eyes.x + cheeks.x) / 2, y: (forehead.y + chin.y) / 2 },
    eyes,
    chin: chin.y,
    forehead: forehead.y,
    faceHeight: Math.hypot(forehead.x - chin.x, forehead.y - chin.y),
    faceWidth: Math.hypot(at(CHEEKS[0]).x - at(CHEEKS[1]).x, at(CHEEKS[0]).y - at(CHEEKS[1]).y),
    yaw: face.yaw,
  };
}

/** The same face after the picture was moved by (-left, -top) and then scaled. */
export function moveFace(face: FaceGeometry, left: number, top: number, scale: number): FaceGeometry {
  const move = (point: { readonly x: number; readonly y: number }) => ({
    x: (point.x - left) * scale,
    y: (point.y - top) * scale,
  });
  return {
    mesh: face.mesh.map((point) => ({ ...move(point), z: point.z * scale })),
    centre: move(face.centre),
    eyes: move(face.eyes),
    chin: (face.chin - top) * scale,
    forehead: (face.forehead - top) * scale,
    faceHeight: face.faceHeight * scale,
    faceWidth: face.faceWidth * scale,
    yaw: face.yaw,
  };
}

function mean(points: readonly Point[]): { x: number; y: number } {
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), {
    x: 0,
    y: 0,
  });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
