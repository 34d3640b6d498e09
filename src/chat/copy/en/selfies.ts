import type { ReasonCode, Verdict } from "../../../ports/selfie.ts";

export interface ReasonWords {
  readonly word: string;
  readonly advice: string;
}

const reasons: Readonly<Record<ReasonCode, ReasonWords>> = {
  not_an_image: { word: "Not a photo", advice: "Send a photo as JPG, PNG, WebP or HEIC." },
  unsupported_type: { word: "File type", advice: "This type is not read here. Send JPG, PNG, WebP or HEIC." },
  animated: { word: "Animated", advice: "This one moves. Send a still photo." },
  unreadable: {
    word: "Damaged file",
    advice: "The file stops halfway or is damaged. Send the original again.",
  },
  file_too_large: { word: "Too big", advice: "That file is over the size limit. Send a smaller copy." },
  dimensions_too_large: { word: "Too many pixels", advice: "Over 50 megapixels. Send a smaller copy." },
  too_many: { word: "Over 40", advice: "A face takes 40 photos at most. Leave one out to add another." },
  no_face: {
    word: "No face",
    advice: "I can't find a face here. Look at the camera, with light on your face.",
  },
  multiple_faces: {
    word: "More than one face",
    advice: "Someone else is in the frame. Crop or choose another.",
  },
  face_too_small: { word: "Face too small", advice: "Come closer, or send the original file." },
  face_cut_off: {
    word: "Face cut off",
    advice: "Part of the face is outside the frame. Leave some room around it.",
  },
  face_turned_away: { word: "Turned away", advice: "Turn your face a little more to the camera." },
  sunglasses: { word: "Sunglasses", advice: "I need to see your eyes. Clear glasses are fine." },
  face_covered: { word: "Face covered", advice: "I need to see your whole face." },
  blurry: { word: "Not sharp", advice: "Not sharp. Hold still and wipe the lens." },
  too_dark: { word: "Too dark", advice: "Too dark. Face a window." },
  too_bright: { word: "Too bright", advice: "Too bright. Step out of direct light." },
  duplicate: {
    word: "Nearly the same",
    advice: "Nearly the same as another, which I kept. Change place or angle.",
  },
  low_resolution: {
    word: "Small photo",
    advice: "This one is small. Send the original as a file if you have it.",
  },
  soft: { word: "A little soft", advice: "A little soft. It works; a sharper one works better." },
  eyes_closed: { word: "Eyes closed", advice: "The eyes look closed. Relax and look at the camera." },
  black_and_white: {
    word: "Black and white",
    advice: "No colour here. A colour photo gives better pictures.",
  },
  different_person: {
    word: "Looks different",
    advice: "This one looks different from the others. Is it you?",
  },
  same_day: { word: "All one day", advice: "Add photos from other days, or this shirt becomes part of you." },
  not_checked: { word: "Not checked", advice: "Not checked for faces. Make sure that it shows yours alone." },
};

const verdicts: Readonly<Record<Verdict | "checking", string>> = {
  checking: "Checking",
  keep: "Good",
  warn: "Usable",
  refuse: "Left out",
  stop: "Stopped",
};

export const selfies = {
  reasons,
  verdicts,
  question: "Question",
  confirmed: "Kept",
  keepAdvice: "Good photo.",
  checkingAdvice: "Looking at it now.",
  stopAdvice: "A person has to look at this one first.",
  wanted: {
    front: "look straight ahead",
    left: "look left",
    right: "look right",
    smile: "smile",
    other_day: "another day or place",
    more: "a few more",
  },
  empty: "Send your selfies here: one is enough, three or more give me a choice.",
  emptyFor: (need: number, advised: number): string =>
    `Send your selfies here: at least ${need}, ${advised} or more are better.`,
  good: (count: number): string => `${count} good`,
  checking: (count: number): string => `${count} being checked`,
  needed: (count: number): string => `${count} more needed`,
  wouldHelp: (count: number): string => `${count} more would help`,
  enough: "that is enough",
  questions: (count: number): string =>
    count === 1 ? "1 photo has a question for you." : `${count} photos have a question for you.`,
  weakSet: "The set is usable but thin. More variety gives better likeness.",
  next: "When you are done, choose the styles.",
  tips: [
    "Daylight from a window, face turned to it.",
    "Camera at eye level, head and shoulders in the frame.",
    "You alone, no sunglasses, nothing over the face.",
    "Different days, places and clothes; once straight, once left, once right, once smiling.",
    "The original file is better than a picture that went through a messenger.",
  ],
  tipsTitle: "What makes a good selfie",
};
