/** Small squares of local photos by name, drawn once. A canvas needs no exception in the page's policy, as blob: would. */
const previews = new Map<string, ImageBitmap>();

const SIDE = 320;

let last: Promise<unknown> = Promise.resolve();

/** Makes the preview, one after the other: a photo is large while it is being decoded. False when the browser cannot read it. */
export function makePreview(name: string, file: Blob): Promise<boolean> {
  const made = last.then(() => draw(name, file)).catch(() => false);
  last = made;
  return made;
}

async function draw(name: string, file: Blob): Promise<boolean> {
  const whole = await createImageBitmap(file);
  const side = Math.min(whole.width, whole.height);
  // Heads are rather at the top of a tall photo.
  const top = (whole.height - side) * (whole.height > whole.width ? 0.35 : 0.5);
  const square = await createImageBitmap(whole, (whole.width - side) / 2, top, side, side, {
    resizeWidth: SIDE,
    resizeHeight: SIDE,
    resizeQuality: "medium",
  });
  whole.close();
  previews.set(name, square);
  return true;
}

/** A fresh drawing of the photo with this name, if this page has it. */
export function previewOf(name: string | null): HTMLCanvasElement | null {
  const square = name === null ? undefined : previews.get(name);
  if (square === undefined) return null;
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  canvas.setAttribute("data-key", `preview:${name}`);
  canvas.getContext("2d")?.drawImage(square, 0, 0);
  return canvas;
}
