import type { Stop } from "@heatloop/core/time/clock";
import { aheadClock, browserClock } from "@heatloop/lovelace-card/look/clock";
import { loadTexts } from "@heatloop/lovelace-card/text/texts";
import { html, LitElement, nothing } from "lit";
import { type Api, openApi } from "../api/api.ts";
import { startViewInputs, type ViewInputs } from "../house/view-input.ts";
import { followLive, type LiveUpdates } from "../live/follow-live.ts";
import { afterMessage, type LiveData, type LiveDevice, noLiveData } from "../live/live-data.ts";
import { pageStyles } from "../look/page-styles.ts";
import { chosenLanguage, rememberLanguage } from "../text/language-choice.ts";
import type { PageTexts } from "../text/languages/english.ts";
import { pageTexts } from "../text/texts.ts";
import { banners } from "./banners.ts";
import { chosenDevice, rememberDevice } from "./chosen-device.ts";
import { footer, header, navigation, showMarked } from "./frame.ts";
import type { PageElement, PageInput } from "./page-input.ts";
import { type PageView, viewOfHash } from "./route.ts";
import { loadSession, type PageSession, somebody } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { makeView } from "./views.ts";

/** Of `GET api/first-run` what decides whether it is shown by itself. */
type FirstFound = {
  readonly done: boolean;
  readonly home_assistant: { readonly state: string };
  readonly heat_pumps: readonly unknown[];
};

/** Where a heat pump is there and no Home Assistant is to be asked for rooms, there is nothing to set up. */
function isToDo({ done, home_assistant: { state }, heat_pumps: heatPumps }: FirstFound): boolean {
  return !done && (state !== "off" || heatPumps.length === 0);
}

/** The whole page: its frame, who looks at it, what is live, and the view that the address means. */
export class HeatloopPage extends LitElement {
  #language = chosenLanguage();
  #live: LiveData = noLiveData;
  #updates: LiveUpdates | undefined;
  #session: PageSession | undefined;
  #device: string | undefined;
  #viewInputs: { readonly device: string; readonly language: string; readonly of: ViewInputs } | undefined;
  #name: PageView = viewOfHash(location.hash);
  #element: PageElement | undefined;
  /** What the view was given last. */
  #input: PageInput | undefined;
  #notLoaded = false;
  /** The version that this page is of; another one means that its files may be gone. */
  #firstVersion: string | undefined;
  /** The link that was last brought into sight. */
  #marked: { readonly link: HTMLElement; readonly texts: PageTexts } | undefined;
  #stops: Stop[] = [];
  #api: Api = openApi(() => this.#signedOut());
  #clock = aheadClock(browserClock, () => this.#updates?.aheadMs() ?? 0);
  readonly #connection = {};

  override connectedCallback(): void {
    super.connectedCallback();
    const follow = () => this.#show(viewOfHash(location.hash), true);
    window.addEventListener("hashchange", follow);
    this.#stops = [() => window.removeEventListener("hashchange", follow)];
    this.#speak(this.#language);
    const { first } = this.dataset;
    if (first !== undefined) this.#take(afterMessage(noLiveData, JSON.parse(first)));
    delete this.dataset.first;
    // Most who come are signed in: what is live need not wait for the answer.
    this.#follow();
    void this.#begin();
    this.#show(this.#name, false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
    for (const stop of this.#stops) stop();
  }

  /** Asks who looks, again and again while Heatloop does not answer, then follows what is live. */
  async #begin(): Promise<void> {
    const session = await loadSession(this.#api);
    if (!this.isConnected) return;
    if (session === undefined) {
      this.#stops.push(browserClock.after(3_000, () => void this.#begin()));
      return;
    }
    const isFirst = this.#session === undefined;
    this.#session = session;
    if (session.signed_in) this.#follow();
    else this.#unfollow();
    if (session.signed_in && isFirst) void this.#showFirstRunWhereNew();
    this.#changed();
  }

  #follow(): void {
    this.#updates ??= followLive(browserClock, this.#live, (data) => this.#take(data));
  }

  /** Who opens Heatloop and not one of its views is led to what is to be set up, if they may do that. */
  async #showFirstRunWhereNew(): Promise<void> {
    if (location.hash !== "" || !this.#session?.may_change) return;
    const answer = await this.#api.get<FirstFound>("api/first-run");
    if (answer.ok && isToDo(answer.value) && location.hash === "") location.replace("#/first-run");
  }

  #unfollow(): void {
    this.#updates?.stop();
    this.#updates = undefined;
  }

  #signedOut(): void {
    if (this.#session === undefined || !this.#session.signed_in) return;
    this.#unfollow();
    this.#session = { ...this.#session, signed_in: false };
    this.requestUpdate();
  }

  #take(data: LiveData): void {
    this.#live = data;
    if (data.version !== "") this.#firstVersion ??= data.version;
    this.#changed();
  }

  #speak(language: string): void {
    this.#language = language;
    document.documentElement.lang = language;
    const loads = [loadTexts(language), pageTexts.load(language)].filter((load) => load !== undefined);
    for (const load of loads) void load.then(() => this.#changed());
    this.#changed();
  }

  /** `moved`: a person came from another view, so the focus goes to the new one's beginning. */
  #show(name: PageView, moved: boolean): void {
    this.#name = name;
    this.#notLoaded = false;
    makeView(name).then(
      (element) => {
        if (this.#name !== name) return;
        this.#element = element;
        this.#changed();
        if (moved) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("main")?.focus());
      },
      () => {
        this.#notLoaded = this.#name === name;
        this.requestUpdate();
      },
    );
  }

  #changed(): void {
    const input = this.#inputNow();
    this.#input = input;
    if (this.#element !== undefined && input !== undefined) this.#element.input = input;
    this.requestUpdate();
  }

  #visitor(): PageSession | undefined {
    return this.#session ?? (this.#live.version === "" ? undefined : somebody);
  }

  #inputNow(): PageInput | undefined {
    const session = this.#visitor();
    if (session === undefined) return undefined;
    const [live, language] = [this.#live, this.#language];
    const device = chosenDevice(live.devices, this.#device);
    return {
      ...{ live, device, language, session, api: this.#api, clock: this.#clock, texts: this.#texts() },
      view: device && this.#viewInput(live, device),
      renewSession: () => void this.#begin(),
    };
  }

  #viewInput(live: LiveData, device: LiveDevice): PageInput["view"] {
    const language = this.#language;
    if (this.#viewInputs?.device !== device.id || this.#viewInputs.language !== language) {
      const house = { api: this.#api, device: device.id, connection: this.#connection, language };
      this.#viewInputs = { device: device.id, language, of: startViewInputs(house, this.#clock) };
    }
    return this.#viewInputs.of(live, device);
  }

  #texts(): PageTexts {
    return pageTexts.texts(this.#language);
  }

  override render() {
    const texts = this.#texts();
    const session = this.#visitor();
    const live = this.#live;
    const isUpdated = this.#firstVersion !== undefined && live.version !== this.#firstVersion;
    return html`
      ${header({
        ...{ live, texts },
        device: chosenDevice(live.devices, this.#device)?.id,
        choose: (id) => this.#choose(id),
        skip: () => this.renderRoot.querySelector<HTMLElement>("main")?.focus(),
      })}
      ${session?.signed_in === false ? nothing : navigation(this.#name, live, texts)}
      <main id="main" tabindex="-1" class=${live.connection === "lost" ? "old" : nothing} aria-label=${texts[this.#name === "first-run" ? "first_run" : this.#name]}>
        ${banners({ live, texts, isUpdated, notLoaded: this.#notLoaded, formats: this.#input?.view?.formats, now: this.#clock.now() })}
        ${this.#content(session, texts)}
      </main>
      ${footer({
        ...{ live, texts, language: this.#language, session, api: this.#api },
        signedOut: () => void this.#begin(),
        speak: (language) => {
          rememberLanguage(language);
          this.#speak(language);
        },
      })}
    `;
  }

  /** Only with a new view or language: a person who scrolls the navigation is left alone. */
  override updated(): void {
    const texts = this.#texts();
    const marked = this.renderRoot.querySelector<HTMLElement>("nav [aria-current]");
    if (marked === this.#marked?.link && texts === this.#marked?.texts) return;
    this.#marked = marked === null ? undefined : { link: marked, texts };
    if (marked?.parentElement) showMarked(marked.parentElement, marked);
  }

  #content(session: PageSession | undefined, texts: PageTexts) {
    if (session === undefined) return html`<p class="quiet" role="status">${texts.connecting}</p>`;
    if (!session.signed_in) return signIn({ api: this.#api, texts, done: () => void this.#begin() });
    return this.#notLoaded ? nothing : this.#element;
  }

  #choose(id: string): void {
    this.#device = id;
    rememberDevice(id);
    this.#changed();
  }

  static override styles = pageStyles;
}
