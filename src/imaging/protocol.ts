import type { TransferListItem } from "node:worker_threads";
import type { ErrorCode } from "../ports/errors.ts";
import type {
  CleanPicture,
  CropKind,
  ImagingStatus,
  InspectResult,
  StudioPlan,
  StudioRender,
  StudioRequest,
} from "../ports/imaging.ts";

/** What the thread can do; inputs and outputs cross it by structured clone. */
export interface Tasks {
  status: { input: null; output: ImagingStatus };
  inspect: { input: Uint8Array; output: InspectResult };
  planStudio: { input: Uint8Array; output: StudioPlan };
  renderStudio: { input: StudioRequest; output: StudioRender };
  crop: { input: { jpeg: Uint8Array; kind: CropKind }; output: CleanPicture };
  thumbnail: { input: { jpeg: Uint8Array; side: number }; output: CleanPicture };
  trainingCrop: { input: Uint8Array; output: CleanPicture | null };
}

export type TaskName = keyof Tasks;

export type Handlers = {
  readonly [K in TaskName]: (input: Tasks[K]["input"]) => Promise<Tasks[K]["output"]>;
};

/** One task on its way to the thread. The thread is given one at a time. */
export type TaskRequest<K extends TaskName = TaskName> = {
  [P in K]: { readonly id: number; readonly name: P; readonly input: Tasks[P]["input"] };
}[K];

export type TaskReply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
    };

/**
 * The buffers in a message that may change hands instead of being copied. Never walks into bytes: enumerating the
 * elements of one photo would block the loop for longer than inspecting it takes.
 */
export function buffersOf(message: unknown): TransferListItem[] {
  if (ArrayBuffer.isView(message)) return message.buffer instanceof ArrayBuffer ? [message.buffer] : [];
  if (typeof message !== "object" || message === null) return [];
  return Object.values(message).flatMap(buffersOf);
}
