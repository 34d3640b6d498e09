import type { ModelFamily } from "../ports/product.ts";
import { AppError } from "../ports/errors.ts";
import type { ClassWord, Style } from "./catalogue.ts";

/**
 * The sentence that asks a model for a look: the trigger word once and early, one person, no face features.
 * FLUX reads a sentence, SDXL about fifteen words (product.md section 6).
 * @throws AppError DEFECT for a look that no model of the family makes
 */
export function promptText(
  style: Style,
  tune: { readonly triggerWord: string; readonly classWord: ClassWord; readonly family: ModelFamily },
): string {
  if (!style.families.includes(tune.family))
    throw new AppError("DEFECT", `${style.key} has no ${tune.family} prompt`);
  const { triggerWord, classWord } = tune;
  const wardrobe = style.wardrobe[classWord];
  if (tune.family === "sdxl")
    return `headshot photo of ${triggerWord} ${classWord}, ${wardrobe}, ${style.backdrop}, ${style.light}, 85mm`;
  return (
    `Professional headshot photo of ${triggerWord}, a ${classWord}, wearing ${wardrobe}, ${style.expression}, ` +
    `looking at the camera, ${style.backdrop} softly blurred, ${style.light}, ${style.frame}, natural skin texture.`
  );
}
