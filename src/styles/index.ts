export { STYLES } from "./catalogue.ts";
export { availableFor, chooseForMe, spread, studioStyles, styleByKey } from "./choose.ts";
export { promptText } from "./prompt-text.ts";
