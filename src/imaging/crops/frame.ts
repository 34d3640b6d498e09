import type { Box } from "../../ports/imaging.ts";

/** What a crop should hold, in pixels of the picture. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The point of interest and where in the frame it should lie, as shares of the frame. */
  readonly anchor: { readonly x: number; readonly y: number };
  readonly at: { readonly x: number; readonly y: number };
}

/** The frame as whole pixels, shrunk in its own proportions and pushed until it lies inside the picture. */
export function fitFrame(frame: Frame, pictureWidth: number, pictureHeight: number): Box {
  const fit = Math.min(1, pictureWidth / frame.width, pictureHeight / frame.height);
  const width = Math.max(1, Math.floor(frame.width * fit));
  const height = Math.max(1, Math.floor(frame.height * fit));
  const push = (start: number, room: number) => Math.round(Math.min(Math.max(start, 0), room));
  return {
    left: push(frame.anchor.x - width * frame.at.x, pictureWidth - width),
    top: push(frame.anchor.y - height * frame.at.y, pictureHeight - height),
    width,
    height,
  };
}
