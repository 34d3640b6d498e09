import { button, primary, text, view, type Renderer } from "./context.ts";

export const renderBalance: Renderer<"balance"> = async ({ copy, people, who }) => {
  const words = copy.account.balance;
  const { credits, selling, ordersLeftToday } = await people.balance(who);
  return view([
    {
      kind: "receipt",
      title: words.title,
      lines: [
        ...(selling ? [{ label: words.credits, value: String(credits) }] : []),
        { label: words.left, value: String(ordersLeftToday) },
      ],
    },
    text(selling ? words.selling : words.notSelling, "muted"),
  ]);
};

/** The code is kept sealed with the person's key and is not shown after its time. */
export const renderLink: Renderer<"link"> = async (
  { copy, deps, format, who },
  { sealedCode, expiresAt },
) => {
  const words = copy.account.link;
  const until = Number(expiresAt);
  if (until <= deps.clock.now()) return view([text(words.over, "muted")]);
  const code = new TextDecoder().decode(await deps.blobs.openValue(who.personId, sealedCode));
  return view([text(words.title(code)), text(words.how(format.time(until))), text(words.effect, "muted")]);
};

export const renderExportAsked: Renderer<"export_asked"> = ({ copy }) =>
  view([text(copy.account.export.asked)]);

export const renderExport: Renderer<"export"> = async ({ copy, deps, who }, { blobId }) => {
  const words = copy.account.export;
  const url = await deps.exportLink(who.personId, blobId);
  if (url === null) return view([text(words.unreachable, "notice")]);
  return view([text(words.ready), { kind: "download", label: words.download, url }]);
};

export const renderReport: Renderer<"report"> = ({ copy }) => view([text(copy.account.report.ask)]);

export const renderLanguage: Renderer<"language"> = ({ copy }) =>
  view(
    [text(copy.account.language.ask)],
    [
      // Each language names itself, so that a person finds theirs whatever is set.
      [
        button("English", { do: "language", language: "en" }),
        button("Deutsch", { do: "language", language: "de" }),
      ],
    ],
  );

export const renderHome: Renderer<"home"> = ({ copy }) =>
  view(
    [text(copy.account.home.ready)],
    [
      [primary(copy.buttons.newOrder, { do: "command", name: "headshots" })],
      [
        button(copy.buttons.orders, { do: "command", name: "orders" }),
        button(copy.buttons.help, { do: "command", name: "help" }),
      ],
    ],
  );

export const renderMoved: Renderer<"moved"> = ({ copy }) => view([text(copy.account.moved, "muted")]);
