import { type CopPart, copParts, type WithImmersion } from "@heatloop/core/energy/cop-basis";
import { type DayEnergy, type Part, type PartEnergy, parts } from "@heatloop/core/energy/day-energy";
import type { Sourced } from "@heatloop/core/energy/energy-source";
import type { Zone } from "@heatloop/core/time/local-day";

/** Where a day's figures come from and how far to trust them, as the API writes it. */
export function dayTrustJson(day: DayEnergy, zone: Zone) {
  const { sources, copBasis, withImmersion } = day;
  return {
    sources: {
      heat: sources.heat && sourcedJson(sources.heat),
      cooling: sources.cooling && sourcedJson(sources.cooling),
      electricity: sources.electricity && sourcedJson(sources.electricity),
    },
    cop_range: day.copRange,
    cop_basis:
      copBasis &&
      (Object.fromEntries(
        copParts.map((part) => [
          part,
          { heat_wh: copBasis[part].heatWh, electricity_wh: copBasis[part].electricityWh },
        ]),
      ) as Record<CopPart, { heat_wh: number; electricity_wh: number }>),
    cop_boundary: day.copBoundary,
    with_immersion_heater: withImmersion && withImmersionJson(withImmersion),
    consumers: day.consumers,
    water_l: day.waterL,
    quality: day.quality,
    gaps: day.gaps.map(({ startAt, seconds, cause }) => ({ start: zone.isoOf(startAt), seconds, cause })),
  };
}

export function withImmersionJson({ boundary, immersionWh, heatWh, electricityWh, cop }: WithImmersion) {
  return { boundary, immersion_heater_wh: immersionWh, heat_wh: heatWh, electricity_wh: electricityWh, cop };
}

function sourcedJson<S>({ source, wh, missingWh, lowWh, highWh, others }: Sourced<S>) {
  return {
    source,
    wh,
    missing_wh: missingWh,
    low_wh: lowWh,
    high_wh: highWh,
    others: others.map((other) => ({ source: other.source, wh: other.wh, difference_wh: other.differenceWh })),
  };
}

/** Heat, electricity (Wh), COP and seconds of each part, as the API writes them. */
export function partsJson(of: DayEnergy["parts"]) {
  return Object.fromEntries(parts.map((part) => [part, partJson(of[part])])) as Record<
    Part,
    ReturnType<typeof partJson>
  >;
}

function partJson({ heatWh, electricityWh, cop, seconds }: PartEnergy) {
  return { heat_wh: heatWh, electricity_wh: electricityWh, cop, seconds };
}
