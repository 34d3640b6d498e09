import { el } from "./element.ts";
import { byId, facts, words } from "./page.ts";
import { speak } from "./speak.ts";

/** The list of commands above the composer: opened by "/" or by the menu button, walked with the arrow keys. */
export function createCommands(say: HTMLTextAreaElement, choose: (name: string) => void) {
  const list = byId("commands", HTMLElement);
  const menuButton = byId("menu-button", HTMLButtonElement);
  menuButton.hidden = false;
  menuButton.setAttribute("aria-controls", list.id);
  let byButton = false;

  const items = (): HTMLButtonElement[] => [...list.querySelectorAll("button")];

  function show(typed: string): void {
    const fitting = facts.commands.filter(({ name }) => name.startsWith(typed));
    const wasHidden = list.hidden;
    list.hidden = fitting.length === 0;
    menuButton.setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(
      ...fitting.map(({ name, line }) =>
        el(
          "button",
          { type: "button", class: "command", "data-command": name },
          el("strong", {}, `/${name}`),
          el("span", {}, line),
        ),
      ),
    );
    if (wasHidden && !list.hidden) speak(words.commandsHint(fitting.length));
  }

  function hide(): void {
    list.hidden = true;
    byButton = false;
    menuButton.setAttribute("aria-expanded", "false");
  }

  function pick(name: string): void {
    const back = byButton ? menuButton : say;
    hide();
    if (say.value.startsWith("/")) say.value = "";
    back.focus();
    choose(name);
  }

  menuButton.setAttribute("aria-expanded", "false");
  menuButton.addEventListener("click", () => {
    if (!list.hidden) return hide();
    byButton = true;
    show("");
    items()[0]?.focus();
  });
  say.addEventListener("input", () => {
    const typed = /^\/(\w*)$/.exec(say.value)?.[1];
    if (typed === undefined) hide();
    else show(typed.toLowerCase());
  });
  say.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = items();
      all[event.key === "ArrowDown" ? 0 : all.length - 1]?.focus();
      event.preventDefault();
    }
    if (event.key === "Escape") hide();
  });
  list.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    if (event.key === "ArrowDown") (all[at + 1] ?? all[0])?.focus();
    else if (event.key === "ArrowUp") (all[at - 1] ?? all.at(-1))?.focus();
    else if (event.key === "Escape") {
      const back = byButton ? menuButton : say;
      hide();
      back.focus();
    } else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const item = event.target instanceof Element ? event.target.closest("[data-command]") : null;
    const name = item?.getAttribute("data-command");
    if (typeof name === "string") pick(name);
  });
  document.addEventListener("click", (event) => {
    if (list.hidden || !(event.target instanceof Element)) return;
    if (event.target.closest("#commands, #menu-button, #composer") === null) hide();
  });
}
