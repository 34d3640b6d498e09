import type { Box, StudioRender, StudioStyle } from "../../ports/imaging.ts";
import { discBlur } from "./backdrops/scene.ts";
import { drawBackdrop } from "./backdrops/index.ts";
import { compose } from "./compose.ts";
import { CLASSIC, FRAME_RATIO, planCrop } from "./crop-plan.ts";
import { resizeBytes } from "./decode.ts";
import { faceRegions } from "./face-regions.ts";
import { blackAndWhite, develop, encode } from "./finish.ts";
import { moveFace } from "./geometry.ts";
import { contrast, keySideOf, relight } from "./light.ts";
import { channels, fromPixels, plane, rgb, type Plane, type Rgb } from "./planes.ts";
import type { SourcePlan } from "./plan-source.ts";
import { between, randomFrom, type Random } from "./random.ts";
import { sample } from "./resample.ts";
import { retouch } from "./retouch.ts";
import { FULL_HEIGHT, MOST_ENLARGEMENT, type Stage } from "./stage.ts";
import { neutraliseCast } from "./skin-tone.ts";
import { toDisplay, toLinear } from "./tone.ts";

/** How strongly each backdrop's light wraps round the person, and how much its corners darken. */
const SETTING: Record<StudioStyle, { readonly wrap: number; readonly vignette: number }> = {
  "corporate-grey": { wrap: 0.12, vignette: 0.1 },
  "corporate-white": { wrap: 0.2, vignette: 0.02 },
  "business-casual": { wrap: 0.2, vignette: 0.1 },
  "creative-colour": { wrap: 0.12, vignette: 0.12 },
  "black-white": { wrap: 0.08, vignette: 0.14 },
  "outdoor-park": { wrap: 0.18, vignette: 0.12 },
  city: { wrap: 0.16, vignette: 0.12 },
  "plain-white": { wrap: 0.16, vignette: 0 },
  "own-background": { wrap: 0, vignette: 0.1 },
};

/** One picture: the same plan, stage, style and seed give the same bytes. About 0.6 s. */
export async function renderStyle(
  plan: SourcePlan,
  stage: Stage,
  style: StudioStyle,
  seed: number,
): Promise<StudioRender> {
  const random = randomFrom(seed, style);
  const frame = frameFor(plan, random);
  const height = 2 * Math.floor(Math.min(FULL_HEIGHT, frame.height * MOST_ENLARGEMENT) / 2);
  const width = 2 * Math.round((height * FRAME_RATIO) / 2);
  const scale = height / frame.height;
  const placed = await place(stage, frame, scale, width, height);
  const face = moveFace(plan.face, frame.left, frame.top, scale);
  const { person, alpha } = placed;

  const regions = faceRegions(face, width, height);
  const keySide = keySideOf(person, regions, face);
  neutraliseCast(person, regions);
  relight(person, alpha, regions, face);
  contrast(person, 0.12);
  retouch(person, alpha, regions, face, scale / stage.scale);

  const backdropReplaced = style !== "own-background" && (style !== "black-white" || plan.maskTrusted);
  const backdrop =
    style === "own-background" || !backdropReplaced
      ? await ownBackground(stage, frame, width, height)
      : drawBackdrop(style, random, width, height, keySide);
  const picture = compose(person, alpha, backdrop, SETTING[style]);
  if (style === "black-white") blackAndWhite(picture);
  develop(picture, random, SETTING[style].vignette);
  return { jpeg: await encode(picture), width, height, backdropReplaced };
}

/** The classic composition, moved a little by the seed so that two pictures of one style are not twins. */
function frameFor(plan: SourcePlan, random: Random): Box {
  const wanted = {
    headShare: CLASSIC.headShare * between(random, 0.97, 1.04),
    headroom: CLASSIC.headroom + between(random, -0.012, 0.012),
    centre: CLASSIC.centre + between(random, -0.012, 0.012),
  };
  return planCrop(plan, plan.face, plan.person, wanted).frame;
}

interface Placed {
  readonly person: Rgb;
  readonly alpha: Plane;
}

/** Cuts the frame out of the stage and enlarges it; alpha is 0 where the frame reaches beyond the photo. */
async function place(
  stage: Stage,
  frame: Box,
  scale: number,
  width: number,
  height: number,
): Promise<Placed> {
  const { window } = stage;
  const left = Math.max(frame.left, window.left);
  const top = Math.max(frame.top, window.top);
  const right = Math.min(frame.left + frame.width, window.left + window.width);
  const bottom = Math.min(frame.top + frame.height, window.top + window.height);
  const cut = {
    left: Math.round((left - window.left) * stage.scale),
    top: Math.round((top - window.top) * stage.scale),
    width: Math.floor((right - left) * stage.scale),
    height: Math.floor((bottom - top) * stage.scale),
  };
  cut.width = Math.min(cut.width, stage.alpha.width - cut.left);
  cut.height = Math.min(cut.height, stage.alpha.height - cut.top);
  const to = {
    left: Math.round((left - frame.left) * scale),
    top: Math.round((top - frame.top) * scale),
    width: Math.min(width, Math.round((right - left) * scale)),
    height: Math.min(height, Math.round((bottom - top) * scale)),
  };
  to.left = Math.min(to.left, width - to.width);
  to.top = Math.min(to.top, height - to.height);
  const colours = fromPixels(await resizeBytes(stage.foreground, 3, cut, to.width, to.height));
  const cover = await resizeBytes(stage.alpha, 1, cut, to.width, to.height);
  const person = rgb(width, height);
  const alpha = plane(width, height);
  for (let y = 0; y < to.height; y++) {
    const from = y * to.width;
    const at = (to.top + y) * width + to.left;
    person.r.set(colours.r.subarray(from, from + to.width), at);
    person.g.set(colours.g.subarray(from, from + to.width), at);
    person.b.set(colours.b.subarray(from, from + to.width), at);
    for (let x = 0; x < to.width; x++) alpha.data[at + x] = cover.data[from + x]! / 255;
  }
  return { person, alpha };
}

/** The photo's own background without the person, out of focus and 8 % darker. */
async function ownBackground(stage: Stage, frame: Box, width: number, height: number): Promise<Rgb> {
  const plate = fromPixels(stage.plate);
  const unit = plate.width / stage.window.width;
  const smallHeight = 320;
  const smallWidth = Math.round(smallHeight * FRAME_RATIO);
  const step = (frame.height * unit) / smallHeight;
  const window = {
    left: (frame.left - stage.window.left) * unit,
    top: (frame.top - stage.window.top) * unit,
    stepX: step,
    stepY: step,
  };
  const out = rgb(width, height);
  const targets = channels(out);
  for (const [c, data] of channels(plate).entries()) {
    const cut = sample({ width: plate.width, height: plate.height, data }, window, smallWidth, smallHeight);
    for (let p = 0; p < cut.data.length; p++) cut.data[p] = toLinear(cut.data[p]!) * 0.92;
    const blurred = discBlur(cut.data, smallWidth, smallHeight, smallHeight * 0.024);
    for (let p = 0; p < blurred.length; p++) blurred[p] = toDisplay(blurred[p]!);
    const full = sample(
      { width: smallWidth, height: smallHeight, data: blurred },
      { left: 0, top: 0, stepX: smallWidth / width, stepY: smallHeight / height },
      width,
      height,
    );
    targets[c]!.set(full.data);
  }
  return out;
}
