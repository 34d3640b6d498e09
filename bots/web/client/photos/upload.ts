import type { WireFile } from "../../wire.ts";
import { readProblem } from "../api.ts";

export type Uploaded =
  | { readonly kind: "taken" }
  | { readonly kind: "consent_first" }
  /** Cannot work however often it is tried. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

/** Sends one file; `onProgress` hears of shares from 0 to 1. `fetch` cannot tell how far an upload is. */
export function upload(
  photo: { readonly id: string; readonly name: string; readonly file: Blob },
  batch: string,
  onProgress: (share: number) => void,
): Promise<Uploaded> {
  const form = new FormData();
  form.append(photo.id, photo.file, photo.name);
  const request = new XMLHttpRequest();
  request.open("POST", `/chat/photos?batch=${batch}`);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) onProgress(event.loaded / event.total);
  });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => resolve(readAnswer(request.status, request.responseText)));
    request.send(form);
  });
}

function readAnswer(status: number, body: string): Uploaded {
  const file = readFile(body);
  if (file !== null) {
    if (file.outcome === "taken") return { kind: "taken" };
    return { kind: file.outcome === "failed" ? "failed" : "refused", message: file.message };
  }
  const problem = readProblem(status, body);
  if (problem.ok) return { kind: "taken" };
  if (problem.code === "consent_first") return { kind: "consent_first" };
  const refused = problem.code === "too_much" || problem.code === "not_understood";
  return { kind: refused ? "refused" : "failed", message: problem.message };
}

function readFile(body: string): WireFile | null {
  try {
    return (JSON.parse(body) as { files?: WireFile[] }).files?.[0] ?? null;
  } catch {
    return null;
  }
}
