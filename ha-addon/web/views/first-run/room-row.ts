import { fill } from "@heatloop/core/text/fill-text";
import type { Mistake } from "@heatloop/program/mistakes";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { LiveDevice } from "../../live/live-data.ts";
import type { ChosenRoom } from "./choice.ts";
import type { RoomFound, SuspicionFound } from "./found.ts";
import type { FirstRunTextKey, FirstRunTexts } from "./texts/english.ts";

/** What a row of rooms is shown with. */
export type RoomLook = {
  readonly texts: FirstRunTexts;
  /** Of °C, with one decimal. */
  readonly number: (value: number) => string;
  readonly heatPumps: readonly Pick<LiveDevice, "prefix" | "name" | "zones">[];
};

/** What a person can do with a room. */
export type RoomActions = {
  readonly choose: (isIn: boolean) => void;
  readonly change: (part: Partial<ChosenRoom>) => void;
};

/** A temperature of Home Assistant, to be chosen as a room's: value, age, what is odd about it. */
export function roomRow(
  room: RoomFound,
  chosen: ChosenRoom | undefined,
  mistakes: readonly Mistake[],
  look: RoomLook,
  actions: RoomActions,
): TemplateResult {
  const { texts } = look;
  const id = room.entity.replace(/[^a-z0-9]+/gi, "-");
  const notes = room.suspicions.map((suspicion) => suspicionText(suspicion, look));
  const why = room.not_offered === null ? undefined : texts[`why_${room.not_offered}` as FirstRunTextKey];
  return html`<li class="room" data-entity=${room.entity}>
    <label>
      <input
        type="checkbox"
        aria-describedby="${id}-about"
        .checked=${live(chosen !== undefined)}
        @change=${(event: Event) => actions.choose((event.target as HTMLInputElement).checked)}
      />
      <span class="name">${room.name}</span>
      <span class="value">${valueText(room, look)}</span>
    </label>
    <p class="about" id="${id}-about">
      <span>${[room.area, room.entity, ageText(room, texts), why].filter((each) => each).join(" · ")}</span>
      ${notes.map((note) => html`<span class="odd">${note}</span>`)}
      ${mistakes.map(({ allowed }) => html`<span class="mistake" role="alert">${fill(texts.mistake, { allowed })}</span>`)}
    </p>
    ${chosen === undefined ? nothing : details(chosen, look, actions)}
  </li>`;
}

/** Which circuit, and which heat pump, where there are several of them. */
function details(chosen: ChosenRoom, { texts, heatPumps }: RoomLook, { change }: RoomActions) {
  const zones = heatPumps.some((pump) => pump.zones > 1)
    ? html`<label class="part">${texts.zone}
        <select
          .value=${live(String(chosen.zone))}
          @change=${(event: Event) => change({ zone: typedIn(event) === "2" ? 2 : 1 })}
        >
          <option value="1" ?selected=${chosen.zone === 1}>1</option>
          <option value="2" ?selected=${chosen.zone === 2}>2</option>
        </select></label
      >`
    : nothing;
  const pumps =
    heatPumps.length < 2
      ? nothing
      : html`<label class="part">${texts.pump}
          <select .value=${live(chosen.device)} @change=${(event: Event) => change({ device: typedIn(event) })}>
            <option value="" ?selected=${chosen.device === ""}></option>
            ${heatPumps.map(
              ({ prefix, name }) =>
                html`<option value=${prefix} ?selected=${prefix === chosen.device}>${name}</option>`,
            )}
          </select></label
        >`;
  return html`<div class="parts">${zones}${pumps}</div>`;
}

function valueText({ temperature_c: temperatureC }: RoomFound, { texts, number }: RoomLook): string {
  return temperatureC === null ? texts.no_value : fill(texts.now, { value: number(temperatureC), unit: "°C" });
}

function ageText({ age_s: ageS }: RoomFound, texts: FirstRunTexts): string | undefined {
  if (ageS === null) return undefined;
  if (ageS < 90) return texts.ago_s;
  const minutes = Math.round(ageS / 60);
  return minutes < 90 ? fill(texts.ago_min, { minutes }) : fill(texts.ago_h, { hours: Math.round(minutes / 60) });
}

function suspicionText(suspicion: SuspicionFound, { texts, number }: RoomLook): string {
  const value = "temperature_c" in suspicion ? number(suspicion.temperature_c) : "";
  return fill(texts[suspicion.code], { ...suspicion, value });
}

function typedIn(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
