import { fill } from "@heatloop/core/text/fill-text";
import { type ActionConfig, hasAction } from "custom-card-helpers";
import { html, LitElement, nothing } from "lit";
import { cardHeader } from "./card/card-header.ts";
import { cardNotice } from "./card/card-notice.ts";
import { cardStyles } from "./card/card-styles.ts";
import { tabs } from "./card/card-tabs.ts";
import { messageFor, operationEntity, shownNotices, wordOf } from "./card/card-words.ts";
import { type ConfigForm, configForm, stubConfig } from "./card/config-form.ts";
import { type Gestures, startGestures } from "./card/gestures.ts";
import { absenceOf, watchAbsence } from "./home-assistant/absence.ts";
import { type CardConfig, type Gesture, parseConfig } from "./home-assistant/config.ts";
import { requestAction, showMoreInfo } from "./home-assistant/events.ts";
import type { HeatPumpEntities } from "./home-assistant/find-entities.ts";
import { type HeatPumpSearch, startFinder } from "./home-assistant/find-heat-pump.ts";
import { formatsOf } from "./home-assistant/formats.ts";
import { concerns, type Hass } from "./home-assistant/hass.ts";
import { watchSince } from "./home-assistant/operation-since.ts";
import { type Situation, situationEntities, situationOf } from "./home-assistant/situation.ts";
import { watchApp } from "./look/app-watch.ts";
import { browserClock } from "./look/clock.ts";
import { glance } from "./look/glance.ts";
import { icon } from "./look/icons.ts";
import { absenceNotice, appNotices, goneNotices, type Notice, noticeEntities, noticesOf } from "./look/notices.ts";
import { sharedStyles } from "./look/styles.ts";
import { type Glance, labelOf, makeElement, type View, type ViewElement, type ViewInput } from "./look/view.ts";
import type { Texts } from "./text/languages/english.ts";
import { loadTexts, textsOf } from "./text/texts.ts";
import { viewNames, viewOf } from "./views/views.ts";

/** The element `custom:heatloop-card`: what the heat pump does, what is wrong, and the chosen view. */
export class HeatloopCard extends LitElement {
  #config: CardConfig | undefined;
  #hass: Hass | undefined;
  #view: string | undefined;
  /** Of a section, where a person fixed them. */
  #rows: number | undefined;
  #elements = new Map<string, ViewElement>();
  #followed: readonly string[] = [];
  #finder = startFinder(() => this.#changed());
  #absences = watchAbsence(browserClock, () => this.requestUpdate());
  #sinces = watchSince(browserClock, () => this.requestUpdate());
  // Views that were drawn without the app ask it when they are made anew.
  #app = watchApp(this, browserClock, () => this.#elements.clear());
  #gestures: Gestures = startGestures({
    clock: browserClock,
    has: (gesture) => hasAction(this.#config?.actions[gesture] as ActionConfig | undefined),
    act: (gesture) => this.#act(gesture),
  });

  static getConfigForm(): ConfigForm {
    return configForm();
  }

  static getStubConfig(hass: Hass): { readonly device: string } {
    return stubConfig(hass);
  }

  /** Throws an Error with what is wrong; Home Assistant shows it in the card's place. */
  setConfig(input: unknown): void {
    const config = parseConfig(input, viewNames);
    this.#config = config;
    if (this.#view === undefined || !config.views.includes(this.#view)) this.#view = config.views[0];
    const { rows } = ((input as { grid_options?: unknown }).grid_options ?? {}) as { rows?: unknown };
    this.toggleAttribute("fixed", typeof rows === "number");
    this.#rows = typeof rows === "number" ? rows : undefined;
    if (this.#rows === undefined) this.removeAttribute("rows");
    else this.setAttribute("rows", String(rows));
    this.#changed();
  }

  set hass(hass: Hass) {
    const before = this.#hass;
    this.#hass = hass;
    if (before === undefined || concerns(before, hass, this.#followed)) this.#changed();
  }

  /** In units of 50 px. */
  getCardSize(): number {
    return 8;
  }

  getGridOptions(): object {
    return { columns: 12, rows: "auto", min_columns: 3, min_rows: 1 };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gestures.stop();
    this.#absences.stop();
  }

  #changed(): void {
    const [hass, config] = [this.#hass, this.#config];
    if (hass === undefined || config === undefined) return;
    this.#finder.update(hass, config.device);
    this.toggleAttribute("dark", hass.themes?.darkMode === true);
    this.toggleAttribute("light", hass.themes?.darkMode === false);
    void loadTexts(hass.language)?.then(() => this.requestUpdate());
    this.#followed = this.#followedNow(config, this.#finder.result());
    this.requestUpdate();
  }

  #followedNow(config: CardConfig, search: HeatPumpSearch): readonly string[] {
    if (search.kind !== "found") return [];
    const { entities } = search.heatPump;
    const view = viewOf(this.#view);
    const { follows } = this.#glanceOf(view) ?? view;
    const ids = [...situationEntities, ...noticeEntities, ...follows].map((id) => entities.get(id));
    return [...new Set([...ids, config.electricPower].filter((id) => id !== undefined))];
  }

  #act(gesture: Gesture): void {
    const search = this.#finder.result();
    const entity = search.kind === "found" ? operationEntity(search.heatPump) : undefined;
    const action = this.#config?.actions[gesture];
    if (action === undefined) showMoreInfo(this, entity);
    else requestAction(this, { config: { entity, [`${gesture}_action`]: action }, action: gesture });
  }

  #choose(view: string, focus: boolean): void {
    this.#view = view;
    this.#changed();
    void this.updateComplete.then(() => {
      const tab = this.renderRoot.querySelector<HTMLElement>("[aria-selected=true]");
      if (focus) tab?.focus();
      tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }

  override render() {
    const config = this.#config;
    if (this.#hass === undefined || config === undefined) return nothing;
    const hass = config.app === undefined ? this.#hass : { ...this.#hass, app: config.app };
    const texts = textsOf(hass.language);
    const search = this.#finder.result();
    return html`<ha-card>
      ${hass.connected ? nothing : html`<p class="notice warning" role="status">${icon("warning")}<span>${texts.no_connection}</span></p>`}
      ${
        search.kind === "found"
          ? this.#heatPump(hass, config, search.heatPump, texts)
          : html`<p class="empty" role="status">${messageFor(search, texts)}</p>${this.#notices(goneNotices(hass, config, texts))}`
      }
    </ha-card>`;
  }

  #heatPump(hass: Hass, config: CardConfig, heatPump: HeatPumpEntities, texts: Texts) {
    const source = { states: hass.states, entities: heatPump.entities };
    const situation = situationOf(source);
    const absence =
      situation === "offline" && hass.connected ? this.#absences.exactly(hass, absenceOf(source)) : undefined;
    if (heatPump.entities.size === 0) return html`<p class="empty" role="status">${texts.no_entities}</p>`;
    const name = heatPump.device.name_by_user ?? heatPump.device.name ?? "";
    const view = viewOf(this.#view);
    // Beside other cards of the heat pump, what it does is said once.
    const isPart = config.views.length === 1 && view.name !== "now";
    const label = labelOf(view, hass.language);
    const title = config.title ?? (isPart ? label : name);
    const input = { hass, config, heatPump, situation, formats: formatsOf(hass), texts, label, clock: browserClock };
    const time = this.#glanceOf(view)?.of?.(input);
    const now = () => [wordOf(situation, absence, texts), this.#since(hass, heatPump, situation, texts)] as const;
    const [line, since] = isPart ? [name, time ?? ""] : time === undefined ? now() : [time, ""];
    return html`
      <div class="top">
        ${cardHeader({ situation, title, line, since }, this.#gestures)} ${config.views.length > 1 ? tabs({ names: config.views, selected: this.#view, label: (name) => labelOf(viewOf(name), hass.language), choose: (view, focus) => this.#choose(view, focus) }) : nothing}
      </div>
      ${this.#notices([
        ...(absence === undefined ? [] : [absenceNotice(absence, input.formats, texts, browserClock.now())]),
        ...goneNotices(hass, config, texts),
        ...appNotices(config.app, this.#app(hass), texts),
        ...shownNotices(noticesOf(source, texts), this.#view),
      ])}
      ${this.#content(view, input)}
    `;
  }

  /** Since when it does what it does, in words; empty where that is not known. */
  #since(hass: Hass, heatPump: HeatPumpEntities, situation: Situation, texts: Texts): string {
    const since = this.#sinces.since(hass, heatPump, situation);
    return since === null ? "" : fill(texts.since_time, { time: formatsOf(hass).moment(since, browserClock.now()) });
  }

  #notices(notices: readonly Notice[]) {
    return notices.map((notice) => cardNotice(notice, () => showMoreInfo(this, notice.entityId)));
  }

  /** The view, or what stands in its place where it would be cut off. */
  #content(view: View, input: ViewInput) {
    const short = this.#glanceOf(view);
    if (short !== undefined) return glance(short.figures(input));
    const element = this.#elements.get(view.name) ?? makeElement(view);
    this.#elements.set(view.name, element);
    element.input = input;
    return html`<div class="view" id="view" role=${input.config.views.length > 1 ? "tabpanel" : nothing}>${element}</div>`;
  }

  #glanceOf({ glance }: View): Glance | undefined {
    return this.#rows !== undefined && glance !== undefined && this.#rows <= glance.upToRows ? glance : undefined;
  }

  static override styles = [sharedStyles, cardStyles];
}
