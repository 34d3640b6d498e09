export { findFaces, tallestFace } from "./find-faces.ts";
export { hashPair } from "./hash.ts";
export { identify } from "./identify.ts";
export { eyeMidpoint, faceHeight, ovalBox } from "./mesh.ts";
export { measureFace } from "./measure-face.ts";
