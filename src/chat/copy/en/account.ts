import { plural } from "../plural.ts";

export const account = {
  welcome: {
    line: "Send a few selfies and get professional headshots back, here in this chat.",
    how: "How long",
    howStudio: "About two minutes.",
    howAi: "You see the time before you say Go.",
    cost: "What it costs",
    costStudio: "Nothing. Your own photos, retouched on this machine, no AI.",
    costAi: "You see the most it can cost before you say Go. The pictures are made by AI.",
    photos: "Your photos",
    photosText: (days: number): string =>
      `Kept encrypted, deleted ${days} days after delivery or as soon as you say so.`,
  },
  consent: {
    title: "Before you send photos",
    who: "Whose photos",
    whoText: "Yours. Somebody else agrees in a chat of their own.",
    purpose: "What for",
    purposeStudio: "To check your photos, to make the headshots, and to measure how alike they are.",
    purposeAi:
      "To check your photos, to train a model of your face, to make pictures with it by AI, and to measure how alike they are.",
    where: "Where",
    whereStudio: "On this machine. Your photos are sent nowhere else.",
    whereAi: (providers: string): string => `On this machine and at ${providers}.`,
    kept: "How long",
    keptText: (photoDays: number, pictureDays: number): string =>
      `Photos and face measurements until ${photoDays} days after delivery, pictures ${pictureDays} days.`,
    keptModel: (days: number): string => `The model of your face: ${days} days.`,
    withdraw: "Change your mind",
    withdrawText: "Any time: delete removes everything, here and at every provider.",
    given: "You agreed. Thank you. Delete takes it back, any time.",
  },
  home: {
    ready: "Nothing in progress. Start whenever you like.",
  },
  faces: {
    title: "Your faces",
    empty: "No photos are kept of you.",
    line: (kept: number, day: string): string => `${plural(kept, "good photo", "good photos")}, since ${day}`,
    expires: (day: string): string => `deleted on ${day}`,
    ask: (name: string, photos: number): string =>
      `Delete ${name} with ${plural(photos, "photo", "photos")}? Orders at work on it are cancelled. This cannot be undone.`,
    gone: "Deleted.",
  },
  balance: {
    title: "Balance",
    credits: "Credits",
    left: "AI orders left today",
    notSelling: "Nothing is sold here, so no credits are needed. The studio never costs any.",
    selling: "One credit is one AI order with its retake. The studio costs none.",
  },
  link: {
    title: (code: string): string => `Your code: ${code}`,
    how: (time: string): string =>
      `Type link and this code in your other chat before ${time}. Or type the code from your other chat here.`,
    effect:
      "Linking joins both accounts: orders, photos and credits become one. Only do this with your own accounts.",
    over: "This code is over. Ask for a new one with link.",
  },
  export: {
    asked: "Collecting everything that is kept of you. The file comes here, within a day at most.",
    ready: "Here is everything that is kept of you: photos, pictures, consents and ledger.",
    download: "Download (ZIP)",
    unreachable:
      "The file is ready, but this installation has no address that you can reach. Ask whoever runs it.",
  },
  erase: {
    ask: "Delete everything?",
    counts: (photos: number, pictures: number, orders: number): string =>
      `${plural(photos, "photo", "photos")}, ${plural(pictures, "picture", "pictures")} and ${plural(orders, "order", "orders")} go, with your accounts here. Running work stops. This cannot be undone.`,
    asked: "Deleting everything now. The receipt comes here when it is done.",
    done: (time: string): string => `Deleted on ${time}.`,
    receipt: "Receipt",
    receiptId: "Number",
    count: {
      selfies: "Photos",
      pictures: "Pictures",
      orders: "Orders stopped",
      accounts: "Accounts",
      files: "Files",
      reports: "Reports",
      messages: "Messages",
    },
    rest: "What stays is the ledger without your name and a hash of your consent with its date.",
  },
  privacy: {
    title: "Privacy",
    operator: "Who runs this",
    unnamed: "Whoever runs this installation; no name is set.",
    contact: "Contact",
    noContact: "No address is set. Use report.",
    kept: "What is kept",
    keptText: (photoDays: number, pictureDays: number, modelDays: number): string =>
      `Photos until ${photoDays} days after delivery, pictures ${pictureDays} days, models ${modelDays} days. Encrypted with a key of your own. Orders and the ledger stay without faces.`,
    where: "Where",
    local: "On this machine alone. No photo leaves it.",
    providers: (names: string): string => `On this machine, and for AI orders at ${names}.`,
    training: "Training",
    trainingText: "Nothing shared is ever trained on your photos.",
    rights: "Your rights",
    rightsText:
      "export gives you a copy, delete removes everything, report reaches a person within 48 hours.",
  },
  terms: {
    title: "Terms",
    lines: [
      "For adults, and for your own face only.",
      "The pictures are yours. They carry a mark that says how they were made.",
      "No official ID: the pictures are not passport photos.",
      "A failed order costs nothing. One retake is free. If fewer than three pictures of it look like you, the credit goes back.",
    ],
    operator: (name: string): string => `Run by ${name}.`,
  },
  paysupport: {
    nothing: "Nothing is sold here, so there is nothing to pay back.",
    selling:
      "A failed order returns its credit by itself. For anything else write what happened with report.",
    contact: (address: string): string => `Or write to ${address}.`,
  },
  report: {
    ask: "What is wrong? Write it in one message. A person reads it and answers within 48 hours.",
  },
  help: {
    title: "What you can do",
    commands: {
      headshots: "start or continue an order",
      status: "where your order stands",
      orders: "all orders, retake and refund",
      faces: "your photos, and delete them",
      styles: "all styles",
      balance: "credits and today's orders",
      link: "join your accounts",
      export: "a copy of everything",
      delete: "delete everything",
      privacy: "what is kept, where, how long",
      report: "tell a person",
      help: "this list",
      language: "English or German",
    },
    type: "Tap a button or type a word.",
  },
  language: {
    ask: "Which language?",
  },
  moved: "Continued further down.",
  again: "Sending again in case the first did not arrive.",
};
