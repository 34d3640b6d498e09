/** One drawn person: nobody's face, only hair, skin and a plain top. */
export interface Person {
  readonly skin: string;
  readonly shade: string;
  readonly hair: string;
  readonly top: string;
  readonly cut: keyof typeof HAIR;
}

interface Hair {
  /** Behind the shoulders and the head. */
  readonly back: string;
  /** Over the forehead. */
  readonly front: string;
}

/** Paths in a field of 160 by 200; the head is centred on 80, 84. */
const HAIR = {
  short: {
    back: "M51 86C47 54 60 40 81 40s34 15 29 46c-3 4-6-2-6-8H56c0 6-3 12-5 8Z",
    front: "M54 80c1-15 8-22 18-24 11-2 25 1 30 6 3 4 4 10 4 18 5-22-3-41-26-41S49 58 54 80Z",
  },
  long: {
    back: "M80 38c-27 0-35 22-35 46 0 26-9 50-14 62 14 8 84 8 98 0-5-12-14-36-14-62 0-24-8-46-35-46Z",
    front: "M53 88c-2-22 8-32 24-34 4 8 18 18 30 34 4-28-6-48-27-48S49 60 53 88Z",
  },
  bob: {
    back: "M80 38c-28 0-36 22-36 44 0 14-3 26-5 34 12 6 70 6 82 0-2-8-5-20-5-34 0-22-8-44-36-44Z",
    front: "M53 86c0-18 10-26 27-26s27 8 27 26c5-30-6-46-27-46S48 56 53 86Z",
  },
  curly: {
    back: "M80 32c-14 0-22 5-27 11-9 2-14 10-13 19-6 7-6 17 0 24-1 9 4 16 12 18h56c8-2 13-9 12-18 6-7 6-17 0-24 1-9-4-17-13-19-5-6-13-11-27-11Z",
    front:
      "M54 80c1-8 5-11 10-12 3-6 10-8 16-5 6-3 13-1 16 5 5 1 9 4 10 12 4-10 3-22-4-29-5-7-13-10-22-10s-17 3-22 10c-7 7-8 19-4 29Z",
  },
  bun: {
    back: "M80 20c9 0 15 6 15 14 0 3-1 6-3 8 14 5 20 20 17 44-3 6-6-2-7-8H58c-1 6-4 14-7 8-3-24 3-39 17-44-2-2-3-5-3-8 0-8 6-14 15-14Z",
    front: "M53 84c-1-20 9-30 27-30s28 10 27 30c5-26-5-44-27-44S48 58 53 84Z",
  },
  scarf: {
    back: "M80 36c-28 0-37 22-36 46 1 22-4 40-12 56 16 14 80 14 96 0-8-16-13-34-12-56 1-24-8-46-36-46Z",
    front:
      "M80 38c-24 0-34 18-33 42 1 26 12 46 33 46s32-20 33-46c1-24-9-42-33-42Zm0 14c16 0 24 11 24 30 0 22-10 36-24 36S56 104 56 82c0-19 8-30 24-30Z",
  },
  bald: { back: "", front: "" },
} as const satisfies Record<string, Hair>;

/** Lit from the upper left, as in a studio; `id` keeps the gradients of several busts in one drawing apart. */
export function drawBust({ skin, shade, hair, top, cut }: Person, id = "b"): string {
  const { back, front } = HAIR[cut];
  const scarf = cut === "scarf";
  return `<defs>
<linearGradient id="${id}s" x1="0" y1="0" x2="1" y2=".35"><stop offset=".25" stop-color="${skin}"/><stop offset="1" stop-color="${shade}"/></linearGradient>
<linearGradient id="${id}t" x1="0" y1="0" x2="1" y2=".3"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="#14161a" stop-opacity=".55"/></linearGradient>
<linearGradient id="${id}h" x1="0" y1="0" x2="1" y2=".4"><stop offset="0" stop-color="#fff" stop-opacity=".16"/><stop offset=".6" stop-color="#000" stop-opacity=".12"/></linearGradient>
</defs>
${back === "" ? "" : `<path d="${back}" fill="${hair}"/>`}
<path d="M66 108h28v24c1 8 5 13 11 17l-25 24-25-24c6-4 10-9 11-17Z" fill="url(#${id}s)"/>
<path d="M66 116c6 9 22 11 28 2v10c-8 8-20 8-28 2Z" fill="${shade}" opacity=".55"/>
<path d="M8 204c1-32 14-45 37-53 8-3 14-5 18-9 5 11 11 16 17 16s12-5 17-16c4 4 10 6 18 9 23 8 36 21 37 53Z" fill="${top}"/>
<path d="M8 204c1-32 14-45 37-53 8-3 14-5 18-9 5 11 11 16 17 16s12-5 17-16c4 4 10 6 18 9 23 8 36 21 37 53Z" fill="url(#${id}t)" opacity=".5"/>
${scarf ? "" : `<ellipse cx="54" cy="87" rx="4.5" ry="8" fill="${shade}"/><ellipse cx="106" cy="87" rx="4.5" ry="8" fill="${shade}"/>`}
<path d="M80 48c18 0 27 14 27 36 0 21-12 40-27 40S53 105 53 84c0-22 9-36 27-36Z" fill="url(#${id}s)"/>
${front === "" ? "" : `<path d="${front}" fill="${hair}" fill-rule="evenodd"/><path d="${front}" fill="url(#${id}h)" fill-rule="evenodd"/>`}`;
}

export const PEOPLE = {
  ada: { skin: "#e8b894", shade: "#c98f6c", hair: "#3b2a22", top: "#3d4a5c", cut: "bob" },
  ben: { skin: "#8d5a3b", shade: "#6b4028", hair: "#1d1614", top: "#4a4f57", cut: "short" },
  cleo: { skin: "#f0c8a8", shade: "#d49f7c", hair: "#8a4b2a", top: "#55606b", cut: "long" },
  dev: { skin: "#c68a5e", shade: "#a06a42", hair: "#15110f", top: "#38424f", cut: "curly" },
  eva: { skin: "#d9a27c", shade: "#b57d58", hair: "#4a5a6a", top: "#5a6470", cut: "scarf" },
  finn: { skin: "#f2cfb4", shade: "#d5a88a", hair: "#b98a4e", top: "#46505c", cut: "short" },
  gia: { skin: "#6f452e", shade: "#52301f", hair: "#17110f", top: "#515a66", cut: "bun" },
  hal: { skin: "#e3b08c", shade: "#bf8762", hair: "#8f8f92", top: "#404a58", cut: "bald" },
} as const satisfies Record<string, Person>;

/** The same person as a black-and-white photo. */
export function inGrey(person: Person): Person {
  return { ...person, skin: "#c4c4c4", shade: "#6f6f6f", hair: "#1b1b1c", top: "#2c2d30" };
}
