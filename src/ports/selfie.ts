/** The contract's verdicts and reason codes. */
export type Verdict = "keep" | "warn" | "refuse" | "stop";

export type ReasonCode =
  | "not_an_image"
  | "unsupported_type"
  | "animated"
  | "unreadable"
  | "file_too_large"
  | "dimensions_too_large"
  | "too_many"
  | "no_face"
  | "multiple_faces"
  | "face_too_small"
  | "face_cut_off"
  | "face_turned_away"
  | "sunglasses"
  | "face_covered"
  | "blurry"
  | "too_dark"
  | "too_bright"
  | "duplicate"
  | "low_resolution"
  | "soft"
  | "eyes_closed"
  | "black_and_white"
  | "different_person"
  | "same_day"
  | "not_checked";

export type ViewGroup = "front" | "left" | "right";
