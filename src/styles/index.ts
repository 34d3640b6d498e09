export { STYLES, type ClassWord, type Style, type StyleGroup } from "./catalogue.ts";
export { availableFor, chooseForMe, spread, studioStyles, styleByKey } from "./choose.ts";
export { promptText } from "./prompt-text.ts";
