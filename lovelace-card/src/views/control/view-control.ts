import type { Stop } from "@heatloop/core/time/clock";
import { html, LitElement, nothing } from "lit";
import { messageOf } from "../../home-assistant/find-heat-pump.ts";
import { icon } from "../../look/icons.ts";
import { nextPending, type Pending, type PendingInput, settled, shownOf } from "../../look/pending.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { fill } from "../../text/language.ts";
import {
  type ChoiceItem,
  type ControlItem,
  type ControlValue,
  callOf,
  controlEntities,
  controlItems,
  questionOf,
  type SwitchItem,
  stepped,
  type TemperatureItem,
} from "./control-items.ts";
import { controlStyles } from "./control-styles.ts";
import { controlWords } from "./control-words.ts";

type Change = Pending<ControlValue>;

/** The view "control": the settings of the heat pump, each shown as it was chosen for a moment, then as it really is. */
class ControlView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #changes = new Map<string, Change>();
  #stopTimer: Stop | undefined;

  set input(input: ViewInput) {
    this.#input = input;
    this.#takeStates(input.clock.now());
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // What was just chosen is sent, not lost.
    for (const item of this.#items()) {
      const change = this.#changeOf(item);
      if (change.kind === "choosing") this.#put(item, { kind: "reported", value: item.value, at: change.until });
    }
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#input !== undefined) this.#takeStates(this.#input.clock.now());
  }

  #items(): readonly ControlItem[] {
    if (this.#input === undefined) return [];
    const { hass, heatPump, texts } = this.#input;
    return controlItems({ states: hass.states, entities: heatPump.entities }, texts);
  }

  #changeOf(item: ControlItem): Change {
    return this.#changes.get(item.entityId) ?? settled;
  }

  #takeStates(at: number): void {
    for (const item of this.#items()) this.#put(item, { kind: "reported", value: item.value, at });
    this.#schedule();
  }

  #schedule(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const ends = [...this.#changes.values()].flatMap((change) => ("until" in change ? [change.until] : []));
    const clock = this.#input?.clock;
    if (clock === undefined || ends.length === 0 || !this.isConnected) return;
    this.#stopTimer = clock.after(Math.max(0, Math.min(...ends) - clock.now()), () => {
      this.#takeStates(clock.now());
      this.requestUpdate();
    });
  }

  #put(item: ControlItem, input: PendingInput<ControlValue>): void {
    const before = this.#changeOf(item);
    const change = nextPending(before, input);
    if (change.kind === "settled") this.#changes.delete(item.entityId);
    else this.#changes.set(item.entityId, change);
    if (change.kind === "sending" && change !== before) this.#send(item, change.value);
  }

  #send(item: ControlItem, value: ControlValue): void {
    const { hass, clock } = this.#input as ViewInput;
    const { domain, service, data } = callOf(item, value);
    hass.callService(domain, service, data, { entity_id: item.entityId }, false).catch((error: unknown) => {
      this.#act(item, { kind: "refused", reason: messageOf(error), at: clock.now() });
    });
  }

  #act(item: ControlItem, input: PendingInput<ControlValue>): void {
    this.#put(item, input);
    this.#schedule();
    this.requestUpdate();
  }

  #choose(item: ControlItem, value: ControlValue, more: boolean): void {
    const { clock, hass } = this.#input as ViewInput;
    const ask = questionOf(item, value, hass.config.unit_system.temperature) !== undefined;
    this.#act(item, { kind: "chosen", value, at: clock.now(), ask, more });
    if (ask) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".yes")?.focus());
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { texts, heatPump, hass } = input;
    if (heatPump.source === "firmware") return html`<p class="reason">${texts.read_only}</p>`;
    const items = this.#items();
    if (items.length === 0) return html`<p class="reason">${texts.nothing_to_change}</p>`;
    const offline = input.situation === "offline";
    // The card itself shows that there is no connection.
    return html`
      ${offline && hass.connected ? html`<p class="reason">${texts.is_offline}</p>` : nothing}
      <div class="items">${items.map((item) => this.#row(item, offline || !hass.connected))}</div>
    `;
  }

  #row(item: ControlItem, disabled: boolean) {
    const { hass, texts, formats, clock } = this.#input as ViewInput;
    const change = this.#changeOf(item);
    const off = disabled || hass.states[item.entityId]?.state === "unavailable";
    return html`<div class="item ${change.kind}" role="group" aria-label=${item.label} ?data-off=${off}>
      <span class="label">${item.label}</span>
      ${
        item.kind === "temperature"
          ? this.#temperature(item, off)
          : item.kind === "choice"
            ? this.#choice(item, off)
            : this.#switch(item, off)
      }
      ${controlWords({
        item,
        change,
        texts,
        formats,
        unit: hass.config.unit_system.temperature,
        unavailable: off && !disabled,
        answer: (yes) => this.#act(item, yes ? { kind: "confirmed", at: clock.now() } : { kind: "cancelled" }),
      })}
    </div>`;
  }

  #temperature(item: TemperatureItem, off: boolean) {
    const { texts, formats, hass } = this.#input as ViewInput;
    const value = shownOf(this.#changeOf(item), item.value) as number | null;
    const step = (direction: 1 | -1, name: "lower" | "raise") => {
      const end = value === null || (direction === 1 ? value >= item.max : value <= item.min);
      return html`<button
        class="round"
        aria-label=${fill(texts[name], { name: item.label })}
        ?disabled=${off || end}
        @click=${() => this.#choose(item, stepped(item, Number(value), direction), true)}
      >
        ${icon(direction === 1 ? "plus" : "minus")}
      </button>`;
    };
    return html`<span class="stepper"
      >${step(-1, "lower")}<output aria-live="polite"
        >${value === null ? "–" : formats.number(value, 1)}<span class="unit">
          ${hass.config.unit_system.temperature}</span
        ></output
      >${step(1, "raise")}</span
    >`;
  }

  #choice(item: ChoiceItem, off: boolean) {
    const value = shownOf(this.#changeOf(item), item.value);
    return html`<select
      aria-label=${item.label}
      ?disabled=${off}
      @change=${(event: Event) => this.#choose(item, (event.target as HTMLSelectElement).value, false)}
    >
      ${value === null ? html`<option selected disabled>–</option>` : nothing}
      ${item.options.map(
        (option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`,
      )}
    </select>`;
  }

  #switch(item: SwitchItem, off: boolean) {
    const value = shownOf(this.#changeOf(item), item.value);
    return html`<button
      class="switch"
      role="switch"
      aria-label=${item.label}
      aria-checked=${value === true}
      ?disabled=${off || value === null}
      @click=${() => this.#choose(item, value !== true, false)}
    >
      <span class="thumb"></span>
    </button>`;
  }

  static override styles = [sharedStyles, controlStyles];
}

/** On a tab of the card. */
export const controlView = {
  name: "control",
  label: {
    en: "Control",
    de: "Bedienung",
    nl: "Bediening",
    da: "Styring",
    no: "Styring",
    sv: "Styrning",
    it: "Comandi",
    es: "Control",
    fr: "Commandes",
    pl: "Sterowanie",
    sk: "Ovládanie",
    fi: "Ohjaus",
  },
  element: ControlView,
  follows: controlEntities,
} as const satisfies View;
