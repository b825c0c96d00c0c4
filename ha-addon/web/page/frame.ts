import { fill } from "@heatloop/core/text/fill-text";
import { type CardLanguage, languageOf } from "@heatloop/lovelace-card/text/language";
import { html, nothing } from "lit";
import type { Api } from "../api/api.ts";
import type { LiveData } from "../live/live-data.ts";
import { languageNames } from "../text/language-choice.ts";
import type { PageTexts } from "../text/languages/english.ts";
import { hashOf, type PageView, viewNames } from "./route.ts";
import type { PageSession } from "./session.ts";
import { signOut } from "./sign-out.ts";

/** The page's head: its name, and which heat pump is shown where there are several. */
export function header({
  live,
  texts,
  device,
  choose,
  skip,
}: {
  readonly live: LiveData;
  readonly texts: PageTexts;
  readonly device: string | undefined;
  choose(id: string): void;
  skip(): void;
}) {
  return html`<header>
    <button class="skip" @click=${skip}>${texts.skip}</button>
    <h1><img src="icon.svg" alt="" width="32" height="32" />Heatloop</h1>
    ${
      live.devices.length < 2
        ? nothing
        : html`<select
            aria-label=${texts.heat_pump}
            @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
          >
            ${live.devices.map(({ id, name }) => html`<option value=${id} ?selected=${id === device}>${name}</option>`)}
          </select>`
    }
  </header>`;
}

/** Links to the views; the one that is shown is marked, and so is how many alerts there are. */
export function navigation(shown: PageView, live: LiveData, texts: PageTexts) {
  return html`<nav aria-label=${texts.pages}>
    ${viewNames.map(
      (name) => html`<a href=${hashOf(name)} aria-current=${name === shown ? "page" : nothing}>
        ${texts[name]}${name === "alerts" && live.alerts.length > 0 ? html`<span class="count">${live.alerts.length}</span>` : nothing}
      </a>`,
    )}
  </nav>`;
}

/** Brings the marked link of the navigation into sight, where not all of them fit; the page itself stays where it is. */
export function showMarked(nav: HTMLElement, marked: HTMLElement): void {
  const [all, one] = [nav.getBoundingClientRect(), marked.getBoundingClientRect()];
  nav.scrollLeft += one.left + one.width / 2 - (all.left + all.width / 2);
}

/** Version, language, the documentation of the API, and the way out for who is signed in. */
export function footer({
  live,
  texts,
  language,
  session,
  api,
  signedOut,
  speak,
}: {
  readonly live: LiveData;
  readonly texts: PageTexts;
  readonly language: string;
  /** Who looks; undefined: not known yet. */
  readonly session: PageSession | undefined;
  readonly api: Api;
  signedOut(): void;
  speak(language: CardLanguage): void;
}) {
  const spoken = languageOf(language);
  return html`<footer>
    <span>${live.version === "" ? nothing : `${fill(texts.version, { version: live.version })}, ${live.timeZone}`}</span>
    <a href="docs/">${texts.api}</a>
    <label
      >${texts.language}
      <select @change=${(event: Event) => speak((event.target as HTMLSelectElement).value as CardLanguage)}>
        ${Object.entries(languageNames).map(
          ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === spoken}>${name}</option>`,
        )}
      </select></label
    >
    ${session?.password_set && session.signed_in ? signOut({ api, texts, done: signedOut }) : nothing}
  </footer>`;
}
