import { fill } from "@heatloop/core/text/fill-text";
import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Mistake } from "@heatloop/program/mistakes";
import { html, LitElement, nothing } from "lit";
import { decimalSignOf } from "../../forms/decimal-sign.ts";
import { formStyles } from "../../forms/form-styles.ts";
import { type LoadedSettings, loadSettings, type SaveAnswer, saveSettings } from "../../forms/settings-api.ts";
import type { LiveDevice } from "../../live/live-data.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import { hashOf } from "../../page/route.ts";
import { copyText } from "../copy-text.ts";
import { type Choice, firstChoice, patchOfChoice, uponFirst } from "./choice.ts";
import { blockTemplate, connectionsTemplate } from "./connections.ts";
import { firstRunStyles } from "./first-run-styles.ts";
import { firstRunTexts } from "./first-run-texts.ts";
import type { FirstRunFound } from "./found.ts";
import { roomsTemplate } from "./rooms-section.ts";
import { savedTemplate } from "./saved.ts";
import type { FirstRunTexts } from "./texts/english.ts";
import { timeAndPriceTemplate } from "./time-and-price.ts";

/** How often the values of Home Assistant's rooms are looked at again. */
const lookEachMs = 15 * secondMs;

type RoomFeedJson = LiveDevice["room_feed"][number];

type Said =
  | { readonly kind: "nothing" | "saving" | "mistakes" | "no_answer" | "outdated" }
  | { readonly kind: "refused"; readonly why: string };

/** The first run: what was found, which rooms, time zone and price; one click saves it all. */
class FirstRunView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  #found: FirstRunFound | undefined;
  #notFound = "";
  #loaded: LoadedSettings | undefined;
  #choice: Choice | undefined;
  /** What was chosen before a person changed anything. */
  #firstChoice: Choice | undefined;
  #mistakes: readonly Mistake[] = [];
  #said: Said = { kind: "nothing" };
  #isSaved = false;
  /** Why the heat pump was not asked to use the rooms. */
  #useRefused = "";
  #copied: "no" | "copied" | "failed" = "no";
  #stopLooking: Stop = () => undefined;
  /** The heat pumps that were there when the page was opened; undefined before that is known. */
  #knownPumps: ReadonlySet<string> | undefined;

  set input(input: PageInput) {
    const before = this.#input;
    this.#input = input;
    void firstRunTexts.load(input.language)?.then(() => this.requestUpdate());
    if (input.live.connection === "connected") this.#knownPumps ??= new Set(input.live.devices.map(({ id }) => id));
    if (before === undefined) this.#beginLooking(input);
    // What is away may be back, and a heat pump that has connected decides what is offered.
    else if (situationOf(before) !== situationOf(input)) void this.#look();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#input !== undefined) this.#beginLooking(this.#input);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopLooking();
  }

  #beginLooking({ clock }: PageInput): void {
    this.#stopLooking();
    this.#stopLooking = clock.every(lookEachMs, () => void this.#look());
    void this.#look();
  }

  async #look(): Promise<void> {
    const input = this.#input;
    if (input === undefined || this.#isSaved) return;
    const { api, language } = input;
    const [found, loaded] = await Promise.all([
      api.get<FirstRunFound>("api/first-run"),
      this.#loaded ?? loadSettings(api),
    ]);
    if (!found.ok || typeof loaded === "string") {
      this.#notFound = found.ok ? String(loaded) : found.detail;
      this.requestUpdate();
      return;
    }
    this.#notFound = "";
    const hadRooms = (this.#found?.rooms.length ?? 0) > 0;
    [this.#found, this.#loaded] = [found.value, loaded];
    // Rooms may come later than the page, but what a person has chosen stays.
    if (!hadRooms) {
      const fresh = firstChoice(found.value, loaded.settings, decimalSignOf(language));
      this.#choice = uponFirst(this.#choice, this.#firstChoice, fresh);
      this.#firstChoice = fresh;
    }
    this.requestUpdate();
  }

  async #save(): Promise<void> {
    const [choice, loaded, api] = [this.#choice, this.#loaded, this.#input?.api];
    if (choice === undefined || loaded === undefined || api === undefined || this.#said.kind === "saving") return;
    this.#said = { kind: "saving" };
    this.requestUpdate();
    const answer = await saveSettings(api, patchOfChoice(choice), loaded.tag);
    if (answer.kind === "outdated") {
      // What somebody else saved stays, unless it is what is chosen here.
      const theirs = await loadSettings(api);
      if (typeof theirs !== "string") this.#loaded = theirs;
    }
    this.#take(answer);
    this.requestUpdate();
    await this.updateComplete;
    this.#showAnswer(answer);
  }

  #take(answer: SaveAnswer): void {
    this.#mistakes = answer.kind === "mistakes" ? answer.mistakes : [];
    this.#isSaved = answer.kind === "saved";
    if (answer.kind === "saved") this.#said = { kind: "nothing" };
    else this.#said = answer.kind === "refused" ? answer : { kind: answer.kind };
  }

  #showAnswer({ kind }: SaveAnswer): void {
    const at = kind === "mistakes" ? '[aria-invalid="true"], .mistake' : kind === "saved" ? ".saved" : ".said";
    const place = this.renderRoot.querySelector<HTMLElement>(at);
    place?.scrollIntoView({ block: "center" });
    place?.focus();
  }

  async #useRooms({ api }: PageInput, { device, zone }: RoomFeedJson): Promise<void> {
    const answer = await api.send("POST", `api/devices/${encodeURIComponent(device)}/room-feed/${zone}/use`);
    this.#useRefused = answer.ok ? "" : answer.detail;
    this.requestUpdate();
  }

  async #later(): Promise<void> {
    const answer = await this.#input?.api.send("POST", "api/first-run/later");
    if (answer?.ok) location.hash = hashOf("live");
    else this.#said = answer?.status ? { kind: "refused", why: answer.detail } : { kind: "no_answer" };
    this.requestUpdate();
  }

  #change(choice: Choice): void {
    this.#choice = choice;
    this.requestUpdate();
  }

  async #copy(yaml: string): Promise<void> {
    this.#copied = (await copyText(yaml)) ? "copied" : "failed";
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const texts = firstRunTexts.texts(input.language);
    const [found, choice] = [this.#found, this.#choice];
    if (found === undefined || choice === undefined) {
      const why = this.#notFound === "" ? texts.looking : fill(texts.not_reached, { why: this.#notFound });
      return html`<p class="quiet" role="status">${why}</p>`;
    }
    if (this.#isSaved) {
      const use = { refused: this.#useRefused, rooms: (feed: RoomFeedJson) => void this.#useRooms(input, feed) };
      return savedTemplate(input, texts, use);
    }
    return html`<form novalidate @submit=${this.#submit}>
      ${this.#foundSection(input, found, texts)}
      ${roomsTemplate({ input, found, choice, texts, mistakes: this.#mistakes, change: (each) => this.#change(each) })}
      ${timeAndPriceTemplate({ found, choice, texts, mistakes: this.#mistakes, change: (each) => this.#change(each) })}
      ${this.#end(input, texts)}
    </form>`;
  }

  readonly #submit = (event: Event) => {
    event.preventDefault();
    void this.#save();
  };

  #foundSection({ live }: PageInput, found: FirstRunFound, texts: FirstRunTexts) {
    const fresh = live.devices.find(({ id }) => this.#knownPumps !== undefined && !this.#knownPumps.has(id));
    return html`<section class="panel">
      <h2>${texts.welcome}</h2>
      <p>${texts.welcome_text}</p>
      ${connectionsTemplate(found, live.devices, texts)}
      <div role="status">
        ${fresh === undefined ? nothing : html`<p class="notice">${fill(texts.just_found, { name: fresh.name })}</p>`}
      </div>
      ${live.devices.length > 0 ? nothing : blockTemplate(found, texts, this.#copied, (yaml) => void this.#copy(yaml))}
    </section>`;
  }

  #end({ session }: PageInput, texts: FirstRunTexts) {
    if (!session.may_change) return html`<p class="notice">${texts.read_only}</p>`;
    const isSaving = this.#said.kind === "saving";
    return html`<section class="panel">
      <div class="said" tabindex="-1" role="status">${this.#sentence(texts)}</div>
      <div class="bar">
        <button class="main" type="submit" ?disabled=${isSaving}>${isSaving ? texts.saving : texts.save}</button>
        <button type="button" @click=${() => this.#later()}>${texts.later}</button>
      </div>
      <p class="quiet">${texts.later_text}</p>
    </section>`;
  }

  #sentence(texts: FirstRunTexts) {
    const said = this.#said;
    if (said.kind === "nothing" || said.kind === "saving") return nothing;
    const text = said.kind === "refused" ? fill(texts.not_saved, { why: said.why }) : texts[said.kind];
    return html`<p class="notice bad">${text}</p>`;
  }

  static override styles = [controlStyles, formStyles, firstRunStyles];
}

/** What decides what is offered: the heat pumps, and which connections are there. */
function situationOf({ live }: PageInput): string {
  const away = live.alerts.map(({ id }) => id).filter((id) => id === "mqtt" || id === "home_assistant");
  return [live.connection, ...live.devices.map(({ id }) => id), ...away].join();
}

export const element = FirstRunView;
