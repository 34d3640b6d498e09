import { byId, words } from "./page.ts";

export interface ComposerParts {
  readonly say: (text: string) => void;
  readonly addPhotos: (files: readonly File[]) => void;
}

/** Camera, files, words. Enter sends, Shift and Enter begins a new line. */
export function startComposer({ say, addPhotos }: ComposerParts): HTMLTextAreaElement {
  const form = byId("composer", HTMLFormElement);
  const field = byId("say", HTMLTextAreaElement);
  const pick = (buttonId: string, inputId: string): void => {
    const input = byId(inputId, HTMLInputElement);
    byId(buttonId, HTMLButtonElement).addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      // The same file may be chosen again.
      input.value = "";
      if (files.length > 0) addPhotos(files);
    });
  };
  pick("attach", "file-attach");
  pick("camera", "file-camera");
  if (window.matchMedia("(pointer: fine) and (min-width: 480px)").matches)
    field.placeholder = words.placeholder;

  function fit(): void {
    form.classList.toggle("has-text", field.value.trim() !== "");
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  field.addEventListener("input", fit);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    field.dispatchEvent(new Event("input"));
    say(text);
  });
  return field;
}
