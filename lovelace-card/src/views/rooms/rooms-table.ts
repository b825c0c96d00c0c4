import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing } from "lit";
import { durationText } from "../../look/duration-text.ts";
import { temperatureText } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import { roomTextsOf } from "../../text/late/room-texts.ts";
import { roomReason } from "./reason-words.ts";
import type { FeedRoom, FeedSettings } from "./zone-feed.ts";

/**
 * The rooms of a zone: a table where there is room for one, else a list of the same. Its roles are written out, as a
 * browser takes them from a table that is laid out as something else.
 */
export function roomsTable(
  rooms: readonly FeedRoom[],
  settings: FeedSettings | undefined,
  view: ViewInput,
  label: string,
) {
  const texts = roomTextsOf(view.hass.language);
  // Sensors have no set-point, and neither have some thermostats.
  const withSetPoint = rooms.some((room) => room.setpoint_c !== null);
  const setPoint = withSetPoint ? [texts.set_point] : [];
  const columns = [texts.room, texts.temperature, ...setPoint, texts.age, texts.weight, texts.counts];
  const usedWeight = rooms.reduce((sum, room) => sum + (isUsed(room) ? room.weight : 0), 0);
  const columnsOf = { isMean: settings?.mode === "mean", usedWeight, withSetPoint };
  return html`<table role="table" class="rooms" aria-label=${label}>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rooms.map((room) => roomRow(room, columnsOf, view))}
    </tbody>
  </table>`;
}

type Weights = { readonly isMean: boolean; readonly usedWeight: number };

function roomRow(room: FeedRoom, of: Weights & { readonly withSetPoint: boolean }, view: ViewInput) {
  const texts = roomTextsOf(view.hass.language);
  const celsius = (value: number | null) => (value === null ? "–" : temperatureText(value, 1, view));
  const cell = (name: string, content: unknown) => html`<td role="cell" data-label=${name}>${content}</td>`;
  return html`<tr role="row" class=${room.used ? "" : "unused"}>
    <th role="rowheader" scope="row">${room.name}<span class="quiet entity">${room.entity}</span></th>
    ${cell(texts.temperature, celsius(room.temperature_c))}
    ${of.withSetPoint ? cell(texts.set_point, celsius(room.setpoint_c)) : nothing}
    ${cell(texts.age, html`<span class="age">${ageText(room, view)}</span>`)} ${cell(texts.weight, weightText(room, of, view))}
    ${cell(texts.counts, useOf(room, view))}
  </tr>`;
}

/** How long ago a room reported, by the clock of now: what was sent here is older with every second. */
function ageText({ reported_at: reportedAt }: FeedRoom, { hass, formats, clock }: ViewInput): string {
  if (reportedAt === null) return "–";
  const seconds = Math.max(0, Math.floor((clock.now() - Date.parse(reportedAt)) / 1000));
  return fill(roomTextsOf(hass.language).ago, { age: durationText(seconds, formats.language) });
}

/** The weight, and in a mean its share of it. */
function weightText(
  room: FeedRoom,
  { isMean, usedWeight }: Weights,
  { hass, formats: { language } }: ViewInput,
): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(room.weight);
  if (!isMean || !isUsed(room)) return number;
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(room.weight / usedWeight);
  return fill(roomTextsOf(hass.language).share, { weight: number, share: percent });
}

/** A room that is used has a temperature; where that was taken away, nothing is known of it any more. */
function isUsed({ used, temperature_c: temperatureC }: FeedRoom): boolean {
  return used && temperatureC !== null;
}

function useOf(room: FeedRoom, { hass, formats, clock }: ViewInput) {
  const texts = roomTextsOf(hass.language);
  const { used, doubted_since: doubtedSince } = room;
  const reason = roomReason(room, hass.language);
  if (used && !isUsed(room)) return "–";
  if (used) return texts.counts_yes;
  const time = doubtedSince === null ? "" : formats.moment(Date.parse(doubtedSince), clock.now());
  return html`${texts.counts_not}${reason === null ? nothing : `: ${reason}`}
    ${time === "" ? nothing : html`<span class="quiet">${fill(texts.in_doubt, { time })}</span>`}`;
}
