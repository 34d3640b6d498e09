export { findFaces } from "./find-faces.ts";
export { hashPair } from "./hash.ts";
export { eyeMidpoint, faceHeight, ovalBox } from "./mesh.ts";
export { measureFace } from "./measure-face.ts";
