import { STYLE_ART } from "../../../bots/web/art/index.ts";
import type { Block, Button, PictureView, SelfieView, View } from "../../../src/ports/chat.ts";
import type { LikenessBand } from "../../../src/ports/product.ts";

export const text = (words: string, tone: "plain" | "muted" | "notice" | "problem" = "plain"): Block => ({
  kind: "text",
  text: words,
  tone,
});

export const button = (label: string, action: string, look: Button["look"] = "plain"): Button => ({
  label,
  action,
  look,
});

export function view(blocks: readonly Block[], ...buttons: readonly (readonly Button[])[]): View {
  return { blocks, buttons };
}

export const welcome = view(
  [
    text("Send a few selfies and get professional headshots back, here in this chat."),
    {
      kind: "facts",
      facts: [
        { label: "How long", text: "About two minutes." },
        { label: "What it costs", text: "Nothing. Your own photos, retouched on this machine, no AI." },
        {
          label: "Your photos",
          text: "Kept encrypted, deleted 7 days after delivery or as soon as you say so.",
        },
      ],
    },
  ],
  [button("Start", "begin", "primary")],
  [button("Privacy", "c:privacy")],
);

export const consent = view(
  [
    text("Before you send photos"),
    {
      kind: "facts",
      facts: [
        { label: "Whose photos", text: "Yours. Somebody else agrees in a chat of their own." },
        {
          label: "What for",
          text: "To check your photos, to make the headshots, and to measure how alike they are.",
        },
        { label: "Where", text: "On this machine. Your photos are sent nowhere else." },
        {
          label: "How long",
          text: "Photos and face measurements until 7 days after delivery, pictures 30 days.",
        },
        { label: "Change your mind", text: "Any time: delete removes everything." },
      ],
    },
  ],
  [button("I am 18 or older and this is me", "consent", "primary")],
  [button("Privacy", "c:privacy")],
);

export const askPhotos = view(
  [text("Send your selfies here: one is enough, three or more give me a choice.")],
  [button("Photo tips", "tips"), button("Cancel", "cancel:O1")],
);

export function sheet(selfies: readonly SelfieView[], summary: string, wanted: readonly string[]): View {
  return view(
    [{ kind: "selfies", selfies, summary, wanted }],
    [button("Choose styles", "styles:O1", "primary")],
    [button("Photo tips", "tips"), button("Cancel", "cancel:O1")],
  );
}

export function selfie(
  selfieId: string,
  name: string,
  verdict: SelfieView["verdict"],
  word: string,
  advice: string,
): SelfieView {
  const buttons =
    verdict === "keep" || verdict === "warn" ? [button("Leave it out", `drop:${selfieId}`)] : [];
  return { selfieId, name, verdict, word, advice, buttons };
}

export const fullSheet = sheet(
  [
    selfie("S1", "IMG_2011.jpg", "keep", "Good", "Good photo."),
    selfie("S2", "IMG_2012.jpg", "keep", "Good", "Good photo."),
    selfie(
      "S3",
      "IMG_2013.jpg",
      "warn",
      "Usable · A little soft",
      "A little soft. It works; a sharper one works better.",
    ),
    {
      ...selfie(
        "S4",
        "IMG_2014.jpg",
        "warn",
        "Question · Looks different",
        "This one looks different from the others. Is it you?",
      ),
      buttons: [button("Yes, that is me", "keep:S4"), button("Leave it out", "drop:S4")],
    },
    selfie(
      "S5",
      "group.jpg",
      "refuse",
      "Left out · More than one face",
      "Someone else is in the frame. Crop or choose another.",
    ),
    selfie("S6", "IMG_2016.jpg", "stop", "Stopped", "A person has to look at this one first."),
    selfie("S7", "IMG_2017.jpg", "checking", "Checking", "Looking at it now."),
  ],
  "3 good, 1 being checked, 2 more would help: look left, smile",
  ["look left", "smile"],
);

const STUDIO = [
  ["corporate-grey", "Corporate, grey backdrop", "Seamless mid grey, big soft light."],
  ["corporate-white", "Corporate, white backdrop", "White with a faint falloff, bright light."],
  ["business-casual", "Bright office", "Office and plants out of focus, daylight."],
  ["creative-colour", "Coloured paper", "Teal or ochre paper, one harder light."],
  ["black-white", "Black and white", "Charcoal backdrop, light from one side."],
  ["outdoor-park", "Outdoors, park", "Trees far out of focus, open shade."],
  ["city", "City", "Facade out of focus, overcast light."],
  ["plain-white", "Plain white", "Flat white, no shadows."],
  ["own-background", "Own background", "Your background stays; light and crop only."],
] as const;

export function styles(chosen: readonly string[]): View {
  const studio = new Set<string>(STUDIO.map(([key]) => key));
  return view(
    [
      text("Choose your styles"),
      {
        kind: "styles",
        choices: [
          ...STUDIO.map(([key, title, line]) => ({
            key,
            title,
            line,
            chosen: chosen.includes(key),
            action: `st:O1:${key}:${chosen.includes(key) ? 0 : 1}`,
            available: true,
          })),
          ...STYLE_ART.filter((key) => !studio.has(key)).map((key) => ({
            key,
            title: key,
            line: "Needs AI, which is not set up here.",
            chosen: false,
            action: `st:O1:${key}:1`,
            available: false,
          })),
        ],
      },
      text(
        chosen.length === 0
          ? "Nothing chosen yet. Tap one or more, or let me choose."
          : `8 pictures in ${chosen.length} styles. How many pictures in all?`,
      ),
    ],
    [
      chosen.length === 0
        ? button("Choose for me", "auto:O1", "primary")
        : button("See the price", "quote:O1", "primary"),
    ],
    [button("4 pictures", "n:O1:4"), button("12 pictures", "n:O1:12"), button("20 pictures", "n:O1:20")],
    [button("Photos", "photos:F1"), button("Cancel", "cancel:O1")],
  );
}

export const quote = view(
  [
    {
      kind: "receipt",
      title: "Your order",
      lines: [
        { label: "Made by", value: "Studio retouch" },
        { label: "Pictures", value: "8 in 2 styles" },
        { label: "Styles", value: "Corporate, grey backdrop; Outdoors, park" },
        { label: "Cost", value: "Nothing" },
        { label: "Time", value: "about 2 minutes" },
        { label: "Retake", value: "Free, once" },
      ],
    },
    text("Valid until 14:32. Nothing starts before you press Go.", "muted"),
  ],
  [button("Go", "go:Q1", "primary")],
  [button("Change", "styles:O1"), button("Cancel", "cancel:O1")],
);

export function status(done: number, all: number): View {
  const isOver = done === all;
  return view(
    [
      {
        kind: "status",
        stage: isOver ? "Delivered" : "Making your pictures",
        squares: Array.from({ length: all }, (_, at) => {
          const state = at < done ? "done" : at < done + 1 ? "working" : "waiting";
          return { state, word: `Picture ${at + 1}: ${state}` };
        }),
        progress: isOver ? null : done / all,
        eta: isOver ? null : `About ${(all - done) * 5} seconds left.`,
        live: !isOver,
      },
      text(
        isOver
          ? "Done. The pictures are in this chat."
          : `${done} of ${all} pictures made. You can close the chat; the pictures come here.`,
        "muted",
      ),
    ],
    isOver ? [] : [button("Cancel", "cancel:O1")],
  );
}

const BANDS: readonly (readonly [LikenessBand, string])[] = [
  ["very_close", "Very close"],
  ["very_close", "Very close"],
  ["close", "Close"],
  ["close", "Close"],
  ["loose", "Loose"],
];

/** Pictures P1 to P8; `fakes.ts` draws them by their number. */
export function pictureOf(at: number, vote: "yes" | "no" | null = null): PictureView {
  const [band, bandText] = BANDS[Math.min(at, BANDS.length - 1)] ?? ["loose", "Loose"];
  const pictureId = `P${at + 1}`;
  return {
    pictureId,
    blobId: `B${at + 1}`,
    alt: `Headshot of you, Corporate, grey backdrop, picture ${at + 1} of 8`,
    caption:
      "Corporate, grey backdrop. Studio retouch of your own photo, made on this machine. No generative AI.",
    band,
    bandText,
    width: 1024,
    height: at % 3 === 1 ? 1024 : 1280,
    sourceSelfieId: `S${(at % 2) + 1}`,
    vote,
    buttons: {
      yes: button("Looks like me", `yes:${pictureId}`),
      no: button("Not me", `no:${pictureId}`),
      fullSize: button("Full size", `file:${pictureId}:original`),
      crops: button("Crops", `crops:${pictureId}`),
    },
  };
}

export function results(votes: Readonly<Record<string, "yes" | "no">> = {}, count = 8): View {
  const pictures = Array.from({ length: count }, (_, at) => pictureOf(at, votes[`P${at + 1}`] ?? null));
  const yes = pictures.filter(({ vote }) => vote === "yes").length;
  const no = pictures.filter(({ vote }) => vote === "no").length;
  return view(
    [
      text(`Here are ${count}, closest first. Tap the ones that look like you.`),
      { kind: "gallery", pictures },
      text("2 more were made and left out: they did not look enough like you.", "muted"),
      ...(yes + no > 0 ? [text(`${yes} like you, ${no} not.`, "muted")] : []),
    ],
    [button("Retake", "retake:O1"), button("Delete", "c:delete")],
  );
}

export const everythingElse: readonly View[] = [
  view([text("Your photos stay in the page until you agree.", "notice"), text("Before you send photos")]),
  view(
    [
      text("This one failed on our side. It cost you nothing.", "problem"),
      text("Next: start again. Your photos are still here."),
    ],
    [button("New headshots", "c:headshots", "primary"), button("Photos", "photos:F1")],
  ),
  view([{ kind: "file", pictureId: "P1", crop: "circle-safe", label: "Circle, Corporate, grey backdrop" }]),
  view([
    text("Here is everything that is kept of you: photos, pictures, consents and ledger."),
    { kind: "download", label: "Download (ZIP)", url: "/files/abc" },
  ]),
  view(
    [
      text("Delete everything?"),
      text("8 photos, 16 pictures and 2 orders go, with your accounts here. This cannot be undone."),
    ],
    [button("Delete everything", "erase", "danger"), button("Keep everything", "c:headshots")],
  ),
  view(
    [text("One question: how do you like the pictures, 1 to 5?")],
    [1, 2, 3, 4, 5].map((stars) => button(String(stars), `rate:O1:${stars}`)),
    [button("Skip", "rate:O1:0")],
  ),
];
