/**
 * Every number that decides about a selfie. Where they come from: imaging.md sections 4 to 6 (measured on 71 photos
 * of 37 people) and product.md section 2 (points). Lengths are pixels of the upright original, luminance 0 to 255.
 */
export const THRESHOLDS = {
  photosPerFace: 40,
  otherFace: { refuseShare: 0.5 },
  faceHeight: { refuse: 150, warn: 280 },
  outsideShare: { refuse: 0.12 },
  /** Degrees off the camera. */
  turned: { refuseYaw: 45, refusePitch: 35, warnYaw: 28, warnRoll: 30 },
  /** Both must hold: clear glasses keep the colour of the skin, deep-set eyes only lose light. */
  sunglasses: { chromaRatio: 0.42, brightnessRatio: 0.75 },
  /** Both must hold: a beard has lips in it, a mask has none. */
  covered: { colourDistance: 20, lipContrast: 3 },
  sharpness: { refuse: 0.062, warn: 0.12 },
  /** The bright tenth of the face protects dark skin, which is dark on average only. */
  dark: { refuseMean: 48, refuseP90: 75, warnMean: 70, warnShare: 0.2 },
  bright: { refuseMean: 235, refuseShare: 0.35, warnShare: 0.12 },
  eyesClosedAspect: 0.15,
  blackAndWhiteChroma: 3,
  /** Bits of 64. Up to `sure` a duplicate; up to `likely` only with nearly the same face vector. */
  duplicate: { sureBits: 6, likelyBits: 10, identityDistance: 0.15 },
  /** Distance to the mean of at least two others, and between two photos alone. */
  identity: { unsure: 0.45, different: 0.55, pairUnsure: 0.55, pairDifferent: 0.62 },
  /** Degrees of yaw. */
  view: { front: 12, side: 15 },
  smile: 0.5,
  sameDay: { leastPhotos: 3, share: 0.5 },
  points: {
    low_resolution: 20,
    soft: 25,
    too_dark: 15,
    too_bright: 15,
    black_and_white: 15,
    face_turned_away: 10,
    multiple_faces: 10,
    eyes_closed: 10,
    different_person: 30,
    not_checked: 30,
    missingView: 10,
  },
} as const;
