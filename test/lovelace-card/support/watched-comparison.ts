import { type ComparedDay, type Comparison, comparePeriods } from "@heatloop/core/house/compare-periods";
import { datesBetween } from "@heatloop/core/time/local-day";

/** Of the watched month; it is recorded since then. */
const firstDate = "2026-10-05";

type Span = { readonly from: string; readonly to: string };

/** October is warmer than November and overlaps with it; since November it needs less and starts less often. */
export function watchedComparison(before: Span, after: Span): Comparison {
  return comparePeriods(daysOf(before), daysOf(after));
}

function daysOf({ from, to }: Span): ComparedDay[] {
  return datesBetween(from, to)
    .filter((date) => date >= firstDate && date < "2026-11-21")
    .map((date) => {
      const day = Number(date.slice(8));
      const isNovember = date >= "2026-11-01";
      const isWarm = date >= "2026-11-08" && date <= "2026-11-14";
      const outdoorC = (isNovember ? 2 : 5) + ((day * 7) % 30) / 5 + (isWarm ? 12 : 0);
      const heatW = 150 * (17 - outdoorC) + 40 * ((day % 3) - 1);
      return {
        outdoorC,
        figures: {
          heating_w: heatW,
          heating_electricity_w: heatW / (isNovember ? 4.1 : 3.5),
          heating_cop: (isNovember ? 4.1 : 3.5) + 0.02 * (day % 3),
          hot_water_cop: day % 9 === 0 ? 2.7 : null,
          starts: (isNovember ? 6 : 11) + (day % 2),
          short_runs: isNovember ? 0 : 2 + (day % 2),
          run_minutes: 84 + (day % 3),
        },
      };
    });
}
