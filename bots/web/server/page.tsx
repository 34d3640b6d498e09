import { raw } from "hono/html";
import { CATALOGUES } from "../../../src/chat/index.ts";
import { COMMANDS, type Language } from "../../../src/ports/chat.ts";
import { WORDS } from "../words/index.ts";
import type { PageFacts } from "../wire.ts";
import { CameraIcon, ImageIcon, MenuIcon, SendIcon } from "./icons.tsx";

/** Drawn samples of the first screen, from a selfie to what comes out. */
const SAMPLES = ["corporate-grey", "creative-colour", "outdoor-park", "business-casual"];

const CROPS = ["linkedin-square", "circle-safe", "portrait-4x5"] as const;

function factsOf(language: Language): PageFacts {
  const copy = CATALOGUES[language];
  return {
    commands: COMMANDS.map((name) => ({ name, line: copy.account.help.commands[name] })),
    // The transcript may hold words of both languages.
    outlines: Object.fromEntries(
      Object.values(CATALOGUES).flatMap(({ selfies }) =>
        Object.entries(selfies.wanted).map(([view, words]) => [words, view]),
      ),
    ),
    crops: CROPS.map((kind) => ({ kind, name: copy.orders.crops.names[kind] })),
  };
}

/** JSON that cannot end its script element. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

export interface PageProps {
  readonly language: Language;
  readonly nonce: string;
  /** Changes with the assets, so that they can be kept for ever. */
  readonly version: string;
}

/** The chat's page: readable as it is, alive with JavaScript. */
export function ChatPage({ language, nonce, version }: PageProps) {
  const words = WORDS[language];
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta
            name="viewport"
            content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
          />
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content="#fafafa" media="(prefers-color-scheme: light)" />
          <meta name="theme-color" content="#111214" media="(prefers-color-scheme: dark)" />
          <meta name="description" content={words.description} />
          <title>{`${words.name}: ${words.title}`}</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href={`/assets/app.css?v=${version}`} />
          <script type="application/json" id="facts" nonce={nonce}>
            {raw(json(factsOf(language)))}
          </script>
          <script type="module" src={`/assets/app.js?v=${version}`} nonce={nonce} />
        </head>
        <body>
          <a class="skip" href="#say">
            {words.skip}
          </a>
          <header class="top">
            <div class="top-row">
              <a class="brand" href="/">
                <img src="/assets/icon.svg" alt="" width="24" height="24" />
                {words.name}
              </a>
              <button class="quiet-button" id="menu-button" type="button" hidden>
                <MenuIcon />
                {words.menu}
              </button>
            </div>
          </header>
          <main>
            <section class="hero">
              <h1>{words.title}</h1>
              <div class="hero-pictures" role="img" aria-label={words.pictureAlt}>
                <span class="hero-selfie">
                  <img src="/assets/styles/own-background.svg" alt="" width="160" height="200" />
                </span>
                <span class="hero-arrow" aria-hidden="true" />
                {SAMPLES.map((key) => (
                  <img src={`/assets/styles/${key}.svg`} alt="" width="160" height="200" />
                ))}
              </div>
            </section>
            <section class="no-script" id="no-script">
              <p>{words.noScript.what}</p>
              <ul>
                {words.noScript.facts.map((fact) => (
                  <li>{fact}</li>
                ))}
              </ul>
              <p>
                <strong>{words.noScript.needs}</strong>
              </p>
            </section>
            <p class="opening" id="opening" hidden>
              {words.opening}
            </p>
            <ol class="transcript" id="transcript" aria-label={words.conversation} />
          </main>
          <div class="dock" id="dock" hidden>
            <div class="dock-column">
              <div class="banner" id="banner" role="status" hidden />
              <div class="commands" id="commands" role="group" aria-label={words.commands} hidden />
              <button class="to-bottom" id="to-bottom" type="button" hidden>
                {words.newMessages}
              </button>
              <form class="composer" id="composer">
                <button class="icon-button touch-only" id="camera" type="button" aria-label={words.camera}>
                  <CameraIcon />
                </button>
                <button class="icon-button" id="attach" type="button" aria-label={words.attach}>
                  <ImageIcon />
                </button>
                <textarea
                  id="say"
                  rows={1}
                  maxlength={4000}
                  autocomplete="off"
                  enterkeyhint="send"
                  aria-label={words.say}
                  placeholder={words.placeholderTouch}
                />
                <button class="icon-button send" id="send" type="submit" aria-label={words.send}>
                  <SendIcon />
                </button>
                <input
                  id="file-camera"
                  class="hidden-input"
                  type="file"
                  accept="image/*"
                  capture="user"
                  tabindex={-1}
                  aria-hidden="true"
                />
                <input
                  id="file-attach"
                  class="hidden-input"
                  type="file"
                  accept="image/*,.heic,.heif"
                  multiple
                  tabindex={-1}
                  aria-hidden="true"
                />
              </form>
            </div>
          </div>
          <div class="drop-overlay" id="drop-overlay" hidden>
            <p>
              <strong>{words.dropTitle}</strong>
              <span>{words.dropLine}</span>
            </p>
          </div>
          <p class="spoken" id="spoken" aria-live="polite" />
        </body>
      </html>
    </>
  );
}
