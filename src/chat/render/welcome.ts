import { button, primary, text, vendorNames, view, type Renderer } from "./context.ts";
import { RETENTION_DAYS } from "./retention.ts";

/** First screen of a newcomer: one sentence, one button, three facts. */
export const renderWelcome: Renderer<"welcome"> = ({ copy, deps }) => {
  const words = copy.account.welcome;
  const studio = deps.policy.defaultProduct === "studio";
  return view(
    [
      text(words.line),
      {
        kind: "facts",
        facts: [
          { label: words.how, text: studio ? words.howStudio : words.howAi },
          { label: words.cost, text: studio ? words.costStudio : words.costAi },
          { label: words.photos, text: words.photosText(RETENTION_DAYS.photos) },
        ],
      },
    ],
    [
      [primary(copy.buttons.start, { do: "begin" })],
      [button(copy.buttons.privacy, { do: "command", name: "privacy" })],
    ],
  );
};

/** What a person agrees to before any photo is taken; after the yes only the record of it. */
export const renderConsent: Renderer<"consent"> = async ({ copy, deps, format, people, who }) => {
  const words = copy.account.consent;
  const { consented } = await people.overview(who);
  if (consented) return view([text(words.given, "muted")]);
  const studio = deps.policy.defaultProduct === "studio";
  const vendors = vendorNames(deps);
  const kept = words.keptText(RETENTION_DAYS.photos, RETENTION_DAYS.pictures);
  return view(
    [
      text(words.title),
      {
        kind: "facts",
        facts: [
          { label: words.who, text: words.whoText },
          { label: words.purpose, text: studio ? words.purposeStudio : words.purposeAi },
          {
            label: words.where,
            text: studio || vendors.length === 0 ? words.whereStudio : words.whereAi(format.list(vendors)),
          },
          {
            label: words.kept,
            text: studio ? kept : `${kept} ${words.keptModel(RETENTION_DAYS.models)}`,
          },
          { label: words.withdraw, text: words.withdrawText },
        ],
      },
    ],
    [
      [primary(copy.buttons.adult, { do: "consent" })],
      [button(copy.buttons.privacy, { do: "command", name: "privacy" })],
    ],
  );
};
