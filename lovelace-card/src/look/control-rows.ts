import { fill } from "@heatloop/core/text/fill-text";
import { html, type LitElement, nothing } from "lit";
import { type ControlChanges, startControlChanges } from "./control-changes.ts";
import {
  type BoostItem,
  type ChoiceItem,
  type ControlItem,
  type ControlValue,
  type QuestionOf,
  type SwitchItem,
  stepped,
  type TemperatureItem,
} from "./control-item.ts";
import { controlWords } from "./control-words.ts";
import { icon } from "./icons.ts";
import { shownOf } from "./pending.ts";
import { segments } from "./segments.ts";
import type { ViewInput } from "./view.ts";

/** What the rows of an element's settings are drawn with. */
type Rows = {
  readonly input: ViewInput;
  readonly changes: ControlChanges;
  readonly questionOf: QuestionOf;
  choose(item: ControlItem, value: ControlValue, more: boolean): void;
};

/** The settings of an element as rows that a person changes. */
export type ControlRows = {
  /** To be called with each new input. */
  takeStates(): void;
  /** A row for each setting; nothing can be changed where they are `disabled`. */
  rows(input: ViewInput, disabled: boolean): unknown;
};

/** Rows of the settings that an element has; `styles` are those of control-styles.ts. */
export function elementControls(
  element: LitElement,
  of: {
    input(): ViewInput | undefined;
    items(): readonly ControlItem[];
    readonly questionOf: QuestionOf;
  },
): ControlRows {
  const { questionOf } = of;
  const changed = () => element.requestUpdate();
  const changes = startControlChanges({ ...of, isShown: () => element.isConnected, changed });
  element.addController({ hostConnected: changes.takeStates, hostDisconnected: changes.stop });

  function choose(item: ControlItem, value: ControlValue, more: boolean): void {
    const { clock, hass } = of.input() as ViewInput;
    const ask = questionOf(item, value, hass.config.unit_system.temperature) !== undefined;
    changes.act(item, { kind: "chosen", value, at: clock.now(), ask, more });
    if (ask) void element.updateComplete.then(() => element.renderRoot.querySelector<HTMLElement>(".yes")?.focus());
  }

  return {
    takeStates: changes.takeStates,
    rows: (input, disabled) => html`<div class="items">
      ${of.items().map((item) => row({ input, changes, questionOf, choose }, item, disabled))}
    </div>`,
  };
}

function row(rows: Rows, item: ControlItem, disabled: boolean) {
  const { hass, texts, formats, clock } = rows.input;
  const { changes, questionOf } = rows;
  const change = changes.of(item);
  const off = disabled || hass.states[item.entityId]?.state === "unavailable";
  return html`<div class="item ${change.kind}" role="group" aria-label=${item.label} ?data-off=${off}>
    <span class="label">${item.label}</span>
    ${widget(rows, item, off)}
    ${controlWords({
      item,
      change,
      questionOf,
      texts,
      formats,
      unit: hass.config.unit_system.temperature,
      unavailable: off && !disabled,
      answer: (yes) => changes.act(item, yes ? { kind: "confirmed", at: clock.now() } : { kind: "cancelled" }),
    })}
  </div>`;
}

function widget(rows: Rows, item: ControlItem, off: boolean) {
  switch (item.kind) {
    case "temperature":
    case "number":
      return temperature(rows, item, off);
    case "choice":
      return choice(rows, item, off);
    case "boost":
      return boost(rows, item, off);
    case "switch":
      return toggle(rows, item, off);
  }
}

function temperature({ input, changes, choose }: Rows, item: TemperatureItem, off: boolean) {
  const { texts, formats, hass } = input;
  const value = shownOf(changes.of(item), item.value) as number | null;
  const step = (direction: 1 | -1, name: "lower" | "raise") => {
    const end = value === null || (direction === 1 ? value >= item.max : value <= item.min);
    return html`<button
      class="round"
      aria-label=${fill(texts[name], { name: item.label })}
      ?disabled=${off || end}
      @click=${() => choose(item, stepped(item, Number(value), direction), true)}
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

function choice({ changes, choose }: Rows, item: ChoiceItem, off: boolean) {
  const value = shownOf(changes.of(item), item.value);
  return html`<select
    aria-label=${item.label}
    ?disabled=${off}
    @change=${(event: Event) => choose(item, (event.target as HTMLSelectElement).value, false)}
  >
    ${value === null ? html`<option selected disabled>–</option>` : nothing}
    ${item.options.map(
      (option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`,
    )}
  </select>`;
}

function boost({ input, changes, choose }: Rows, item: BoostItem, off: boolean) {
  const { texts, formats } = input;
  if (!item.isOn) {
    const chosen = shownOf(changes.of(item), item.value);
    return segments({
      label: item.label,
      names: item.durations,
      chosen: typeof chosen === "string" ? chosen : undefined,
      disabled: off,
      text: (duration) => duration,
      choose: (duration) => choose(item, duration, false),
    });
  }
  const until = item.until === null ? texts.until_warm : fill(texts.until_time, { time: formats.time(item.until) });
  return html`<span class="until"
    >${until}<button class="no" ?disabled=${off} @click=${() => choose(item, item.off, false)}>
      ${texts.end_now}
    </button></span
  >`;
}

function toggle({ changes, choose }: Rows, item: SwitchItem, off: boolean) {
  const value = shownOf(changes.of(item), item.value);
  return html`<button
    class="switch"
    role="switch"
    aria-label=${item.label}
    aria-checked=${value === true}
    ?disabled=${off || value === null}
    @click=${() => choose(item, value !== true, false)}
  >
    <span class="thumb"></span>
  </button>`;
}
