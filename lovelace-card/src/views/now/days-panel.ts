import { fill } from "@heatloop/core/text/fill-text";
import { css, html, type ReactiveControllerHost } from "lit";
import { type EnergyBar, type EnergyShown, hasGaps } from "../../energy/energy-bars.ts";
import {
  copText,
  costName,
  costText,
  coverageText,
  isEstimate,
  kwhText,
  leastKwh,
  sideText,
  type Words,
} from "../../energy/energy-words.ts";
import { loadTwoDays, type TwoDays, twoDaysOf } from "../../energy/two-days.ts";
import { numberOf, type ValueSource } from "../../home-assistant/value.ts";
import { elementLoading, type Loaded, refusalText } from "../../look/loading.ts";
import type { ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import { relativeName } from "../../range/date-range.ts";

/** The panel with the energy of today and yesterday. */
export type DaysPanel = (input: ViewInput) => unknown;

/** A panel of an element. The app is asked again whenever Heatloop's own figures of today are others. */
export function elementDays(element: ReactiveControllerHost & { readonly isConnected: boolean }): DaysPanel {
  const loading = elementLoading<EnergyShown>(element);
  let last: { readonly of: string; readonly shown: EnergyShown } | undefined;

  return (input) => {
    const { hass, heatPump, clock } = input;
    const source = { states: hass.states, entities: heatPump.entities };
    const zone = viewZone(hass.config.time_zone);
    const today = zone.dateOf(clock.now());
    const of = [today, zone.name, heatPump.device.id].join(" ");
    const loaded = loading(input, [of, ...figuresOfToday(source)].join(" "), () => loadTwoDays(input, today, zone));
    if (loaded.kind === "ready") last = { of, shown: loaded.value };
    const days = twoDaysOf(source, today, last?.of === of ? last.shown : undefined);
    return panel(days, last?.of === of ? undefined : loaded, input);
  };
}

function figuresOfToday(source: ValueSource): readonly (number | null)[] {
  return [numberOf(source, "today_electricity"), numberOf(source, "today_heat"), numberOf(source, "today_cooling")];
}

type Column = { readonly name: string; readonly text: (bar: EnergyBar) => string };

/** `pending`: what became of the question where nothing has been answered yet. */
function panel(days: TwoDays, pending: Loaded<EnergyShown> | undefined, input: ViewInput) {
  const { formats, texts } = input;
  const words = { formats, texts, currency: days.currency };
  const rows = [
    { name: relativeName(0, "day", words), bar: days.today },
    { name: relativeName(-1, "day", words), bar: days.yesterday },
  ];
  const columns = columnsOf(days, words);
  return html`<div class="days">
    <table>
      <thead>
        <tr>
          <td></td>
          ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, bar }) => html`<tr>
            <th scope="row">${name}</th>
            ${columns.map(({ text }) => html`<td><bdi>${text(bar)}</bdi></td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
    ${[...reasonsOf(days, pending, input), ...rows.flatMap(({ name, bar }) => remarks(name, bar, words))].map(
      (text) => html`<p class="quiet">${text}</p>`,
    )}
  </div>`;
}

/** A cost where a price is set, cold where there was some. */
function columnsOf({ today, yesterday, currency }: TwoDays, words: Words): readonly Column[] {
  const { texts } = words;
  const isAny = (holds: (bar: EnergyBar) => boolean) => holds(today) || holds(yesterday);
  const cold = ({ heat }: EnergyBar) => heat?.coldKwh ?? 0;
  return [
    { name: texts.electricity, text: ({ electricity }) => sideText(electricity, words) },
    { name: texts.heat, text: ({ heat }) => sideText(heat, words) },
    ...(isAny((bar) => cold(bar) > leastKwh)
      ? [{ name: texts.cooling, text: (bar: EnergyBar) => kwhText(cold(bar), words) }]
      : []),
    { name: texts.cop, text: ({ cop }) => copText(cop, words) },
    ...(currency === "" ? [] : [{ name: texts.cost, text: ({ cost }: EnergyBar) => costText(cost, words) }]),
  ];
}

/** Why there are dashes, a sentence for each reason. */
function reasonsOf(
  { today, yesterday, currency }: TwoDays,
  pending: Loaded<EnergyShown> | undefined,
  input: ViewInput,
) {
  const { hass, texts } = input;
  const isAny = (holds: (bar: EnergyBar) => boolean) => holds(today) || holds(yesterday);
  const sides = (["electricity", "heat"] as const).filter((side) => isAny((bar) => bar[side] === null));
  const hasDash = sides.length > 0 || isAny(({ cop }) => cop === null);
  if (pending?.kind === "loading") return hasDash ? [texts.loading] : [];
  if (pending?.kind === "failed" && hasDash) return [refusalText(pending.reason, "recorder", hass, texts)];
  const noCop = ({ electricity, heat, cop }: EnergyBar) => electricity !== null && heat !== null && cop === null;
  return [
    ...(sides.length > 0 ? [fill(texts.no_record, { name: sides.map((side) => texts[side]).join(", ") })] : []),
    ...(isAny(noCop) ? [texts.no_cop] : []),
    ...(currency !== "" && isAny(({ cost }) => cost === null) ? [texts.no_price] : []),
  ];
}

/** How the figures of a day are to be read, where that is not as they stand. */
function remarks(day: string, bar: EnergyBar, words: Words): readonly string[] {
  const { texts } = words;
  const estimated = (["electricity", "heat"] as const).filter((side) => bar[side] !== null && isEstimate(bar[side]));
  return [
    ...estimated.map((side) => `${day}: ${texts[side]} ${texts.estimated}`),
    ...(bar.isCostPart && bar.cost !== null ? [`${day}: ${costName(bar, texts)}`] : []),
    ...(bar.since !== null || hasGaps(bar) ? [`${day}: ${texts.coverage} ${coverageText(bar, words)}`] : []),
  ];
}

export const daysStyles = css`
  .days table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .days th,
  .days td {
    padding: 2px 0 2px 6px;
    text-align: end;
    white-space: nowrap;
    font-weight: 500;
  }
  .days th {
    font-size: var(--ha-font-size-s, 12px);
    font-weight: 400;
    color: var(--secondary-text-color);
  }
  .days th[scope="row"] {
    padding-inline-start: 0;
    text-align: start;
  }
  .days p {
    margin: 4px 0 0;
  }
`;
