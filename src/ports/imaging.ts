/**
 * The one door to pixels. Everything behind it runs in one worker thread; nothing here blocks the event loop.
 * Sizes are pixels, angles degrees, luminance 0 to 255. Thresholds are not here: this port measures, `selfies` and `pictures` judge.
 */

/** A verdict is wanted by a person who waits, so it goes before a render. */
export type ImagingPriority = "verdict" | "render";

/** Why bytes could not become a picture. The names are the contract's reason codes. */
export type DecodeRefusal =
  | "not_an_image"
  | "unsupported_type"
  | "animated"
  | "unreadable"
  | "file_too_large"
  | "dimensions_too_large"
  | "low_resolution";

export type ModelState = "ready" | "failed";

export interface ImagingStatus {
  readonly faces: ModelState;
  readonly identity: ModelState;
  readonly segmentation: ModelState;
  readonly heic: ModelState;
}

/** A rectangle in pixels of the upright picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What was measured on the largest face; the meaning of each number is imaging.md section 4.2's. */
export interface FaceMeasures {
  /** Forehead (mesh point 10) to chin (152), pixels of the upright original. */
  readonly faceHeight: number;
  /** The face oval's extent, pixels of the upright original. */
  readonly box: Box;
  readonly boxScore: number;
  /** Eye line as a share of the picture's height. */
  readonly eyeLine: number;
  /** Share of the face oval's points outside the picture, 0 to 1. */
  readonly outsideShare: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Share of gradient energy lost by a 3-pixel average, smaller axis. */
  readonly sharpness: number;
  readonly luminanceMean: number;
  readonly luminanceP90: number;
  /** Share of face pixels under 20. */
  readonly darkShare: number;
  /** Share of face pixels over 250. */
  readonly brightShare: number;
  readonly underEyeChromaRatio: number;
  readonly underEyeBrightnessRatio: number;
  readonly lowerFaceColourDistance: number;
  readonly lipContrast: number;
  readonly eyeAspect: number;
  readonly cheekChroma: number;
  /** Smile strength 0 to 1 from the mouth's width and corners, for "what to add next". */
  readonly smile: number;
  /** 128-number identity vector; null when its model did not load. Biometric: never logged, never exported. */
  readonly identity: Float32Array | null;
}

export interface Inspection {
  /** The upright original's size. */
  readonly width: number;
  readonly height: number;
  /** 64-bit perceptual hashes, 16 hex digits each: of the picture and of its mirror image. */
  readonly hash: string;
  readonly mirrorHash: string;
  /** Capture day "YYYY-MM-DD" read from EXIF before it was dropped, or null. */
  readonly captureDay: string | null;
  /** Every face found (score >= 0.5), tallest first, overlap-free; null when the face model did not load. */
  readonly faceHeights: readonly number[] | null;
  /** Measures of the tallest face; null when there is none or faces were not checked. */
  readonly face: FaceMeasures | null;
}

/** A picture made safe: upright, 8-bit sRGB JPEG, no metadata, long side at most 3,000 px. */
export interface CleanPicture {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export type InspectResult =
  | { readonly ok: true; readonly clean: CleanPicture; readonly inspection: Inspection }
  | { readonly ok: false; readonly code: DecodeRefusal; readonly detail?: string };

/** A crop ready to download; circle-safe keeps 10 to 15 % air so that a round mask cuts nothing. */
export type CropKind = "linkedin-square" | "circle-safe" | "portrait-4x5";

/** The nine looks that the studio makes on this machine. */
export type StudioStyle =
  | "corporate-grey"
  | "corporate-white"
  | "business-casual"
  | "creative-colour"
  | "black-white"
  | "outdoor-park"
  | "city"
  | "plain-white"
  | "own-background";

/** What the studio can make of one source photo, decided before anything is rendered. */
export interface StudioPlan {
  /** Styles that would look right; a failed mask self-check leaves own-background and black-white. */
  readonly styles: readonly StudioStyle[];
  /** 0 is a perfect crop; above 0.8 nothing fits. */
  readonly cropCost: number;
  readonly maskTrusted: boolean;
}

export interface StudioRender {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** False when the person's own background was kept. */
  readonly backdropReplaced: boolean;
}

export interface StudioRequest {
  /** A clean picture as `inspect` returned it. */
  readonly source: Uint8Array;
  readonly style: StudioStyle;
  /** Same source, style and seed give the same bytes. */
  readonly seed: number;
}

/** Fails with `AppError` code "IMAGING_FAILED" when the thread dies or a task is poison; a refused file is a value. */
export interface Imaging {
  status(): Promise<ImagingStatus>;
  /** Decodes, cleans and measures one file. `maxBytes` and limits are the contract's. */
  inspect(bytes: Uint8Array, priority?: ImagingPriority): Promise<InspectResult>;
  planStudio(source: Uint8Array): Promise<StudioPlan>;
  renderStudio(request: StudioRequest): Promise<StudioRender>;
  crop(jpeg: Uint8Array, kind: CropKind): Promise<CleanPicture>;
  thumbnail(jpeg: Uint8Array, side: number): Promise<CleanPicture>;
  /** 1024 px training square of imaging.md section 7; null when no face is found. */
  trainingCrop(jpeg: Uint8Array): Promise<CleanPicture | null>;
  close(): Promise<void>;
}
