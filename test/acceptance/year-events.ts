import type { PointId } from "@heatloop/core/catalogue/points";
import type { GapCause } from "@heatloop/core/energy/gaps";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { Simulation } from "@heatloop/simulator/simulation";
import type { Hindrance, WatchedMeter } from "#test/support/watched-house.ts";

export const zone = zoneOf("Europe/Rome") as Zone;
export const yearFrom = "2026-01-01";
export const yearTo = "2026-12-31";

/** Something that keeps the program from seeing the heat pump, from one time to another, ms since the epoch. */
export type YearGap = { readonly cause: GapCause; readonly from: number; readonly to: number; readonly why: string };

/** A span that begins so many hours after local midnight; on the nights when the clocks change that is not what they show. */
function span(date: string, hours: number, lengthHours: number): { readonly from: number; readonly to: number } {
  const from = zone.startOf(date) + Math.round(hours * 60) * minuteMs;
  return { from, to: from + Math.round(lengthHours * 60) * minuteMs };
}

/** Each gap of the year with its cause. */
export const yearGaps: readonly YearGap[] = [
  { cause: "program_off", why: "an update in the morning", ...span("2026-01-12", 9, 3) },
  { cause: "device_offline", why: "Wi-Fi away", ...span("2026-01-20", 10, 2) },
  { cause: "program_off", why: "over midnight", ...span("2026-02-03", 22.5, 3) },
  { cause: "broker_away", why: "an update of the broker", ...span("2026-02-18", 11, 4) },
  { cause: "device_offline", why: "Wi-Fi away over midnight", ...span("2026-03-05", 23, 3) },
  { cause: "program_off", why: "through the hour that is left out", ...span("2026-03-29", 1.5, 2) },
  { cause: "program_off", why: "a day and a half", ...span("2026-04-18", 0, 36) },
  { cause: "broker_away", why: "over midnight", ...span("2026-05-30", 23.5, 1.5) },
  { cause: "device_offline", why: "a power cut", ...span("2026-07-04", 16, 1.5) },
  { cause: "program_off", why: "a restart of Home Assistant", ...span("2026-08-09", 14, 1 / 3) },
  { cause: "sensor_unfitted", why: "two days without the flow sensor", ...span("2026-08-20", 0, 48) },
  { cause: "device_offline", why: "a power cut of more than a day", ...span("2026-09-12", 5, 26) },
  { cause: "broker_away", why: "through the controller's midnight", ...span("2026-10-03", 0.5, 9) },
  { cause: "program_off", why: "through the hour that comes twice", ...span("2026-10-25", 1.5, 2.5) },
  { cause: "program_off", why: "a missed midnight", ...span("2026-11-08", 23.8, 0.4) },
  { cause: "sensor_silent", why: "a loose return sensor", ...span("2026-11-15", 12, 3) },
  { cause: "device_offline", why: "Wi-Fi away", ...span("2026-12-24", 18, 0.5) },
];

/** The heat pump's counter is not published: two days in winter, before there is an external meter. */
export const counterless = span("2026-02-24", 0, 48);
/** The controller misses its midnight: it goes on reporting the totals of the day before. */
export const missedMidnight = { date: "2026-01-27", ...span("2026-01-27", 22, 24) };
/** No market prices. */
export const priceless = "2026-11-11";

const faulty = span("2026-12-08", 8, 5);
/** The ESP32 starts again between the two resets at the controller's midnight, or before the totals are published. */
const espRestarts = [
  span("2026-02-10", 23 + 59 / 60, 0),
  span("2026-02-12", 1 / 60, 0),
  span("2026-07-10", 59 / 60, 0),
  span("2026-07-11", 1 + 1 / 60, 0),
].map(({ from }) => from);
/** The connection is lost for a moment, so everything is published a second time. */
const blinks = [span("2026-01-30", 2 / 60, 0), span("2026-05-05", 12, 0), span("2026-10-20", 1, 0)].map(
  ({ from }) => from,
);

/** An external meter since March, exchanged in June for one that was tested before, and twice away for hours. */
export const meterFrom = zone.startOf("2026-03-10") + 12 * hourMs;
export const exchanged = { date: "2026-06-16", ...span("2026-06-16", 10, 25 / 60) };
export const meterAway = [span("2026-09-01", 8, 5), span("2026-12-01", 20, 13)];
const firstMeterKwh = 4321.5;
const secondMeterKwh = 9.4;

const flow: ReadonlySet<PointId> = new Set<PointId>(["flow_rate"]);
const back: ReadonlySet<PointId> = new Set<PointId>(["return_temperature"]);
const counter: ReadonlySet<PointId> = new Set<PointId>(["daily_electricity"]);
const totals: ReadonlySet<PointId> = new Set<PointId>([
  "heating_heat_yesterday",
  "heating_electricity_yesterday",
  "dhw_heat_yesterday",
  "dhw_electricity_yesterday",
  "cooling_heat_yesterday",
  "cooling_electricity_yesterday",
]);

const isIn = (at: number, { from, to }: { readonly from: number; readonly to: number }) => at >= from && at < to;

/** What goes wrong in the minute that begins. */
export function hindered(simulation: Simulation, at: number): Hindrance {
  const gap = yearGaps.find((each) => isIn(at, each));
  if (gap !== undefined && gap.from === at && gap.cause === "device_offline") {
    if (gap.why.startsWith("a power cut")) simulation.powerCut((gap.to - gap.from) / 1000);
    else simulation.dropConnection((gap.to - gap.from) / 1000);
  }
  if (at === faulty.from) simulation.fault("P6 1234");
  if (at === faulty.to) simulation.fault(null);
  if (espRestarts.includes(at)) simulation.restartEsp();
  if (blinks.includes(at)) simulation.dropConnection(20);
  const isSilent = { sensor_unfitted: flow, sensor_silent: back } as const;
  const silent =
    gap?.cause === "sensor_unfitted" || gap?.cause === "sensor_silent"
      ? isSilent[gap.cause]
      : isIn(at, counterless)
        ? counter
        : undefined;
  return {
    programOff: gap?.cause === "program_off",
    brokerAway: gap?.cause === "broker_away",
    ...(silent === undefined ? {} : { silent }),
    ...(isIn(at, missedMidnight) ? { stuck: totals } : {}),
  };
}

/** The external meter: a total in steps of 10 Wh, every five minutes. */
export function yearMeter(): WatchedMeter {
  let offsetKwh: number | undefined;
  let isSecond = false;
  return {
    unit: "kWh",
    read(simulation, at) {
      if (at < meterFrom) return undefined;
      if (isIn(at, exchanged) || meterAway.some((away) => isIn(at, away))) return null;
      const usedKwh = simulation.home.meters.suppliedWh() / 1000;
      if (offsetKwh === undefined) offsetKwh = firstMeterKwh - usedKwh;
      if (!isSecond && at >= exchanged.to) {
        isSecond = true;
        offsetKwh = secondMeterKwh - usedKwh;
      }
      return at % (5 * minuteMs) === 0 ? Math.round((offsetKwh + usedKwh) * 100) / 100 : undefined;
    },
  };
}
