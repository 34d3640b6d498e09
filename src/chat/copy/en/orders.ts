import type { LikenessBand, OrderState, Product } from "../../../ports/product.ts";
import { plural } from "../plural.ts";

const products: Readonly<Record<Product, string>> = {
  studio: "Studio retouch",
  best: "AI headshots, best",
  fast: "AI headshots, fast",
  classic: "AI headshots, classic",
  preview: "AI preview",
};

const states: Readonly<Record<OrderState, string>> = {
  draft: "Started",
  consented: "Waiting for photos",
  collecting: "Collecting photos",
  ready: "Ready",
  quoted: "Waiting for your Go",
  queued: "Waiting for its turn",
  training: "Learning your face",
  proving: "Checking the likeness",
  shooting: "Making your pictures",
  sorting: "Choosing the best",
  delivered: "Delivered",
  closed: "Delivered",
  needs_photos: "More photos needed",
  review: "Looked at by a person",
  paused_budget: "Paused: the spending limit is reached",
  failed: "Did not work",
  cancelled: "Cancelled",
  expired: "Expired",
  deleted: "Deleted",
};

const bands: Readonly<Record<LikenessBand, string>> = {
  very_close: "Very close",
  close: "Close",
  loose: "Loose",
  beyond: "Not alike",
};

export const orders = {
  products,
  states,
  bands,
  notCompared: "Likeness not checked",
  about: (duration: string): string => `about ${duration}`,
  quote: {
    title: "Your order",
    pictures: "Pictures",
    picturesIn: (pictures: number, styles: number): string =>
      `${pictures} in ${plural(styles, "style", "styles")}`,
    styles: "Styles",
    product: "Made by",
    cost: "Cost",
    nothing: "Nothing",
    expected: (expected: string, most: string): string => `about ${expected}, at most ${most}`,
    credits: "Credits",
    creditCount: (count: number): string => plural(count, "credit", "credits"),
    time: "Time",
    retake: "Retake",
    retakeFree: "Free, once",
    model: "Model",
    reusesModel: "Uses the model of your face that exists",
    valid: (time: string): string => `Valid until ${time}. Nothing starts before you press Go.`,
    started: "Started. Nothing else to press here.",
    over: "This order is over. Nothing to press here.",
    none: "This price no longer holds. Ask for it again.",
  },
  square: {
    waiting: "waiting",
    working: "being made",
    done: "done",
    failed: "failed",
    cancelled: "cancelled",
  },
  squareWord: (ordinal: number, word: string): string => `Picture ${ordinal}: ${word}`,
  status: {
    made: (done: number, all: number): string => `${done} of ${all} pictures made.`,
    failed: (count: number): string => `${count} did not work; the others go on.`,
    next: "Your turn is next.",
    ahead: (count: number): string =>
      count === 1 ? "Your turn is next, 1 job ahead." : `${count} jobs ahead of yours.`,
    left: (duration: string): string => `About ${duration} left.`,
    anyMoment: "Any moment now.",
    unknown: "I can't say yet how long.",
    lateQueue: "This takes longer than usual: other orders are ahead of yours.",
    lateMachine: "This takes longer than usual: the machine is busy. Nothing is lost.",
    close: "You can close the chat; the pictures come here.",
    paused: "Paused, and nothing is charged meanwhile. It goes on by itself when the limit allows.",
    review: "A person looks at this order first. Nothing is made meanwhile.",
    done: "Done. The pictures are in this chat.",
  },
  results: {
    here: (count: number): string =>
      count === 1 ? "Here is 1 picture." : `Here are ${count}, closest first.`,
    tap: "Tap the ones that look like you.",
    votes: (yes: number, no: number): string => `${yes} like you, ${no} not.`,
    hidden: (count: number): string =>
      count === 1
        ? "1 more was made and left out: it did not look enough like you."
        : `${count} more were made and left out: they did not look enough like you.`,
    onlyFew: (count: number): string =>
      count === 0
        ? "None looked like you. The retake is free."
        : `Only ${count} looked like you. The retake is free.`,
    creditBack: (count: number): string =>
      count === 0
        ? "Again none looked like you. Your credit goes back if you want."
        : `Again only ${count} looked like you. Your credit goes back if you want.`,
    retakeWord: (round: number): string => (round === 0 ? "" : "The retake is done."),
    gone: "These pictures are deleted.",
    alt: (style: string, ordinal: number, all: number): string =>
      `Headshot of you, ${style}, picture ${ordinal} of ${all}`,
    studioCaption: "Studio retouch of your own photo, made on this machine. No generative AI.",
    aiCaption: "AI-generated from a model of your photos.",
  },
  crops: {
    title: "Which crop?",
    names: {
      original: "Full size",
      "linkedin-square": "LinkedIn square",
      "circle-safe": "Circle",
      "portrait-4x5": "Portrait 4:5",
    },
    file: (name: string, style: string): string => `${name}, ${style}`,
  },
  failures: {
    needs_photos: "The pictures did not come out alike enough. A few other photos would help.",
    nothing_made: "No picture could be made. This one failed on our side.",
    nothing_looks_like_you: "Pictures were made, but none looked enough like you to show.",
    styles_not_possible: "None of your photos works with the styles you chose.",
    over_budget: "The spending limit of this installation is reached.",
    other: "This one failed on our side.",
  },
  nextSteps: {
    needs_photos: "Next: add sharp, frontal photos from other days, then ask for the price again.",
    nothing_made: "Next: start again. Your photos are still here.",
    nothing_looks_like_you: "Next: add sharp, frontal photos in daylight, then start again.",
    styles_not_possible:
      "Next: choose own background or black and white, or add a photo with a plain background.",
    over_budget: "Next: try again tomorrow, or ask whoever runs this installation.",
    other: "Next: start again. If it fails again, tell us with report.",
  },
  costNothing: "It cost you nothing.",
  creditIsBack: "Your credit is back.",
  cancelled: "Cancelled. Nothing more is made.",
  cancelledCost: (amount: string): string =>
    `Work worth ${amount} was already done at the provider; you pay nothing.`,
  refunded: (credits: number): string =>
    credits === 1 ? "Your credit is back." : `Your ${credits} credits are back.`,
  refundDone: "Refunded.",
  rating: {
    ask: "One question: how do you like the pictures, 1 to 5?",
    thanks: (stars: number): string => `Thank you: ${stars} of 5.`,
    skipped: "Skipped. Thank you all the same.",
  },
  list: {
    title: "Your orders",
    empty: "No orders yet.",
    line: (product: string, pictures: number): string =>
      `${product}, ${plural(pictures, "picture", "pictures")}`,
    open: (ordinal: number): string => `Open ${ordinal}`,
  },
};
