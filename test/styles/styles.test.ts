import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StudioStyle } from "../../src/ports/imaging.ts";
import {
  availableFor,
  chooseForMe,
  promptText,
  spread,
  STYLES,
  studioStyles,
  styleByKey,
} from "../../src/styles/index.ts";

const GARMENTS =
  /blazer|shirt|blouse|suit|jacket|coat|knit|sweater|rollneck|tee\b|overshirt|scrubs|tie\b|collar|top\b|dress/i;
const BODY =
  /skin tone|slim|beaut|young|old\b|weight|ethnic|attractive|pretty|hair|beard|logo|\bbrand|celebrit|\bhand/i;

describe("the catalogue", () => {
  it("has the eighteen looks and the studio's own-background, each once", () => {
    expect(STYLES).toHaveLength(19);
    expect(new Set(STYLES.map((style) => style.key)).size).toBe(19);
  });

  it("gives the studio its nine", () => {
    const nine: Record<StudioStyle, true> = {
      "corporate-grey": true,
      "corporate-white": true,
      "business-casual": true,
      "creative-colour": true,
      "black-white": true,
      "outdoor-park": true,
      city: true,
      "plain-white": true,
      "own-background": true,
    };
    expect(studioStyles.map((style) => style.key).sort()).toEqual(Object.keys(nine).sort());
    expect(availableFor("studio")).toEqual(studioStyles);
  });

  it("never names clothes in a studio title, and calls nothing a passport photo", () => {
    for (const style of studioStyles) expect(style.title).not.toMatch(GARMENTS);
    for (const style of STYLES) expect(style.title).not.toMatch(/passport|visa|official/i);
  });

  it("offers an AI product all looks that its family makes, and none that needs what does not exist", () => {
    for (const product of ["best", "fast", "classic"] as const) {
      const keys = availableFor(product).map((style) => style.key);
      expect(keys).toHaveLength(17);
      expect(keys).not.toContain("own-background");
      expect(keys).not.toContain("team-lock");
    }
  });

  it("finds a look by its key", () => {
    expect(styleByKey("medical")?.studio).toBe(false);
    expect(styleByKey("constructor")).toBeNull();
  });
});

describe("choosing", () => {
  it("chooses for a person the same looks every time, each once and as many as there are", () => {
    expect(chooseForMe("studio", 3)).toEqual(["corporate-grey", "business-casual", "outdoor-park"]);
    expect(chooseForMe("studio", 99)).toHaveLength(9);
    expect(new Set(chooseForMe("best", 17)).size).toBe(17);
  });

  it("spreads pictures evenly over styles", () => {
    expect(spread(["a", "b", "c"], 8)).toEqual(["a", "b", "c", "a", "b", "c", "a", "b"]);
    expect(spread(["a", "b"], 1)).toEqual(["a"]);
    expect(spread([], 4)).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), (styles, count) => {
        const keys = Array.from({ length: styles }, (_, at) => String(at));
        const got = spread(keys, count);
        const each = keys.map((key) => got.filter((one) => one === key).length);
        expect(got).toHaveLength(count);
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("a prompt", () => {
  const looks = STYLES.filter((style) => style.families.length > 0);

  it("names the trigger once and early, one person, and nothing of a body or a brand", () => {
    for (const style of looks) {
      for (const family of style.families) {
        for (const classWord of ["man", "woman", "person"] as const) {
          const text = promptText(style, { triggerWord: "zuq7x", classWord, family });
          expect(text.split("zuq7x")).toHaveLength(2);
          expect(text.indexOf("zuq7x")).toBeLessThan(40);
          expect(text).toContain(style.wardrobe[classWord]);
          expect(text.replace("natural skin texture", "")).not.toMatch(BODY);
          expect(text).not.toMatch(/undefined|, ,|\s\s|blurred softly blurred/);
        }
      }
    }
  });

  it("is a sentence for FLUX and a few words for SDXL", () => {
    const style = styleByKey("corporate-grey");
    if (style === null) throw new Error("corporate-grey is gone");
    expect(promptText(style, { triggerWord: "zuq7x", classWord: "woman", family: "flux" })).toBe(
      "Professional headshot photo of zuq7x, a woman, wearing a charcoal blazer over a plain cream blouse, with a closed smile, looking at the camera, a seamless mid grey backdrop softly blurred, big soft key light at 45 degrees with fill, head and shoulders, 85mm, natural skin texture.",
    );
    for (const look of looks) {
      const text = promptText(look, { triggerWord: "zuq7x", classWord: "person", family: "sdxl" });
      expect(text.split(" ").length).toBeLessThanOrEqual(28);
    }
  });

  it("does not exist for a look that no model makes", () => {
    const own = styleByKey("own-background");
    if (own === null) throw new Error("own-background is gone");
    expect(() => promptText(own, { triggerWord: "zuq7x", classWord: "man", family: "flux" })).toThrow(
      "own-background has no flux prompt",
    );
  });
});
