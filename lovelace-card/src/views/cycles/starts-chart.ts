import type { Zone } from "@heatloop/core/time/local-day";
import type { Chart, Table } from "../../chart/chart.ts";
import { situationColors } from "../../home-assistant/situation.ts";
import type { ViewInput } from "../../look/view.ts";
import {
  type BarSlot,
  barUnitOf,
  type DateRange,
  rangeTitle,
  slotLabel,
  slotsOf,
  slotTitle,
  unitName,
} from "../../range/date-range.ts";
import { type CycleCounts, meanStarts } from "./counted-cycles.ts";

type Counts = Pick<CycleCounts, "starts" | "shortRuns">;

/** A bar of a range that is too long for strips. */
type StartsBar = {
  readonly slot: BarSlot;
  /** Of its whole days; null of none. */
  readonly startsPerDay: number | null;
  readonly wholeDays: number;
  readonly shortRuns: number;
};

/** The starts a day of each bar of a range: the mean of its days that are over and were seen whole. */
export function startsBars({ starts, shortRuns }: Counts, range: DateRange, zone: Zone): StartsBar[] {
  const days = [...starts].map(([date, day]) => ({ at: zone.startOf(date), ...day }));
  return slotsOf(range, barUnitOf(range), zone).map((slot) => {
    const isIn = ({ at }: { readonly at: number }) => at >= slot.from && at < slot.to;
    const whole = days.filter((day) => day.isWhole && isIn(day));
    return {
      slot,
      startsPerDay: meanStarts(whole),
      wholeDays: whole.length,
      shortRuns: shortRuns.filter(isIn).length,
    };
  });
}

/** The same as a picture. */
export function startsChart(counts: Counts, range: DateRange, zone: Zone, input: ViewInput): Chart {
  const { formats, texts } = input;
  const unit = barUnitOf(range);
  const bars = startsBars(counts, range, zone);
  const slots = bars.map(({ slot }) => slot);
  const barAt = (at: number) => bars.find(({ slot }) => at >= slot.from && at < slot.to);
  const name = `${texts.starts} / ${unitName("day", formats.language)}`;
  return {
    label: `${input.label}, ${rangeTitle(range, formats)}`,
    span: { from: slots[0]?.from ?? 0, to: slots.at(-1)?.to ?? 0 },
    calendar: formats,
    left: { unit: name, fromZero: true, show: (value) => formats.number(value, 1), tick: formats.number },
    slots: {
      from: slots.map(({ from }) => from),
      to: slots.map(({ to }) => to),
      labels: slots.map((slot) => slotLabel(slot, unit, slots.length, formats)),
    },
    bars: [
      {
        key: "starts",
        name,
        color: situationColors.heating,
        scale: "left",
        stack: "starts",
        values: bars.map(({ startsPerDay }) => startsPerDay ?? Number.NaN),
      },
    ],
    titleAt: (at) => {
      const bar = barAt(at);
      return bar === undefined ? "" : slotTitle(bar.slot, unit, formats);
    },
    notesAt: (at) => {
      const bar = barAt(at);
      if (bar === undefined || bar.startsPerDay === null) return [];
      return [`${texts.short_runs}: ${formats.number(bar.shortRuns, 0)}`, `${texts.days}: ${bar.wholeDays}`];
    },
    table: () => startsTable(bars, range, input),
    texts,
    message: bars.some(({ startsPerDay }) => startsPerDay !== null) ? undefined : texts.nothing_known,
  };
}

/** A row for each bar of which anything is known. */
function startsTable(bars: readonly StartsBar[], range: DateRange, { formats, texts }: ViewInput): Table {
  const unit = barUnitOf(range);
  return {
    head: [
      unitName(unit, formats.language),
      `${texts.starts} / ${unitName("day", formats.language)}`,
      texts.short_runs,
      texts.days,
    ],
    rows: bars.flatMap(({ slot, startsPerDay, shortRuns, wholeDays }) =>
      startsPerDay === null
        ? []
        : [
            [
              slotTitle(slot, unit, formats),
              formats.number(startsPerDay, 1),
              formats.number(shortRuns, 0),
              formats.number(wholeDays, 0),
            ],
          ],
    ),
  };
}
