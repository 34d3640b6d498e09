import { COMMANDS } from "../../ports/chat.ts";
import { button, text, vendorNames, view, type Renderer } from "./context.ts";
import { RETENTION_DAYS } from "./retention.ts";

/** What is kept, where and how long, from this installation's own settings. */
export const renderPrivacy: Renderer<"privacy"> = ({ copy, deps, format }) => {
  const words = copy.account.privacy;
  const vendors = vendorNames(deps);
  const { operatorName, privacyEmail } = deps.policy;
  return view(
    [
      text(words.title),
      {
        kind: "facts",
        facts: [
          { label: words.operator, text: operatorName ?? words.unnamed },
          { label: words.contact, text: privacyEmail ?? words.noContact },
          {
            label: words.kept,
            text: words.keptText(RETENTION_DAYS.photos, RETENTION_DAYS.pictures, RETENTION_DAYS.models),
          },
          {
            label: words.where,
            text: vendors.length === 0 ? words.local : words.providers(format.list(vendors)),
          },
          { label: words.training, text: words.trainingText },
          { label: words.rights, text: words.rightsText },
        ],
      },
    ],
    [
      [
        button("export", { do: "command", name: "export" }),
        button("report", { do: "command", name: "report" }),
        button("delete", { do: "command", name: "delete" }),
      ],
    ],
  );
};

export const renderTerms: Renderer<"terms"> = ({ copy, deps }) => {
  const { operatorName } = deps.policy;
  return view([
    text(copy.account.terms.title),
    ...copy.account.terms.lines.map((line) => text(line)),
    text(operatorName === null ? "" : copy.account.terms.operator(operatorName), "muted"),
  ]);
};

export const renderPaysupport: Renderer<"paysupport"> = ({ copy, deps }) => {
  const words = copy.account.paysupport;
  const { selling, privacyEmail } = deps.policy;
  return view(
    [
      text(selling ? words.selling : words.nothing),
      text(privacyEmail === null ? "" : words.contact(privacyEmail), "muted"),
    ],
    [[button("report", { do: "command", name: "report" })]],
  );
};

export const renderHelp: Renderer<"help"> = ({ copy }) => {
  const words = copy.account.help;
  return view(
    [
      {
        kind: "receipt",
        title: words.title,
        lines: COMMANDS.map((name) => ({ label: name, value: words.commands[name] })),
      },
      text(words.type, "muted"),
    ],
    [
      [
        button(copy.buttons.newOrder, { do: "command", name: "headshots" }),
        button(copy.buttons.status, { do: "command", name: "status" }),
        button(copy.buttons.orders, { do: "command", name: "orders" }),
      ],
    ],
  );
};
