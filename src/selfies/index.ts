export { judgeSelfie } from "./rules/verdict.ts";
export { judgeSet } from "./rules/set.ts";
export { THRESHOLDS } from "./rules/thresholds.ts";
export { productNeeds } from "./rules/needs.ts";
export { currentFace, openFace, type FaceRow } from "./faces.ts";
