import type { StudioPlan, StudioStyle } from "../../ports/imaging.ts";
import type { StyleKey } from "../../ports/product.ts";
import type { Random } from "../../ports/runtime.ts";

/** A selfie that the studio may work on. */
export interface ShootSource {
  readonly selfieId: string;
  readonly plan: StudioPlan;
  /** 0 to 100, the selfie's own. */
  readonly score: number;
}

/** One picture to be made. */
export interface Shot {
  readonly style: StyleKey;
  readonly selfieId: string;
  readonly seed: number;
}

/** imaging.md section 8: two or three different selfies over a set of pictures. */
const MOST_SOURCES = 3;

/** A photo this much worse than the best one (in points of 100) is not worth the variety. */
const WORSE_BY = 35;

/** Points that a photo with no good crop loses. */
const CROP_POINTS = 30;

const STYLES: readonly StudioStyle[] = [
  "corporate-grey",
  "corporate-white",
  "business-casual",
  "creative-colour",
  "black-white",
  "outdoor-park",
  "city",
  "plain-white",
  "own-background",
];

/** The studio's look of that key, or undefined: every other style needs AI. */
export function studioStyle(key: StyleKey): StudioStyle | undefined {
  return STYLES.find((style) => style === key);
}

/** Whether a style would look right on a photo. */
export function allows(plan: StudioPlan, key: StyleKey): boolean {
  const style = studioStyle(key);
  return style !== undefined && plan.styles.includes(style);
}

/**
 * Spreads `count` pictures evenly over the styles, in turn, and each style over the best photos that allow it. A style that no photo allows leaves its share to the others; empty when none is possible.
 * Seeds are drawn, so that two pictures of one style and photo differ.
 */
export function planShoot(
  sources: readonly ShootSource[],
  styles: readonly StyleKey[],
  count: number,
  random: Pick<Random, "float">,
): Shot[] {
  const looks = [...new Set(styles)]
    .map((style) => ({ style, photos: bestFor(sources, style) }))
    .filter(({ photos }) => photos.length > 0);
  const shots: Shot[] = [];
  for (let index = 0; index < count; index++) {
    const look = looks[index % looks.length];
    const photo = look && leastUsed(look.photos, look.style, shots);
    if (look === undefined || photo === undefined) break;
    const seed = Math.floor(random.float() * 2 ** 31);
    shots.push({ style: look.style, selfieId: photo.selfieId, seed });
  }
  return shots;
}

/** The best of the photos used least for this style and, among those, least at all. */
function leastUsed(photos: readonly ShootSource[], style: StyleKey, shots: readonly Shot[]) {
  const uses = ({ selfieId }: ShootSource) => {
    const ofPhoto = shots.filter((shot) => shot.selfieId === selfieId);
    return ofPhoto.filter((shot) => shot.style === style).length * shots.length + ofPhoto.length;
  };
  return photos.toSorted((a, b) => uses(a) - uses(b))[0];
}

/** The photos for a style, best first: the photo's own score, less for an awkward crop. */
function bestFor(sources: readonly ShootSource[], style: StyleKey): readonly ShootSource[] {
  const worth = ({ score, plan }: ShootSource) => score - CROP_POINTS * Math.min(1, plan.cropCost);
  const possible = sources.filter(({ plan }) => allows(plan, style)).toSorted((a, b) => worth(b) - worth(a));
  const [best] = possible;
  if (best === undefined) return [];
  return possible.filter((source) => worth(best) - worth(source) <= WORSE_BY).slice(0, MOST_SOURCES);
}
