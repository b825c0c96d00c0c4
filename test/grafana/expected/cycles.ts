import { byDay, type Check, changesOf, dayKwh, expectChanges, expectFigure, expectSeries, kwh } from "./checks.ts";

const uses = { Heating: "heating", "Hot water": "hot_water", Defrost: "defrost", Standby: "standby" } as const;

/** What each panel of cycles and defrosts shows: the report's counts and times, and the archive's changes. */
export const cycles: Readonly<Record<string, Check>> = {
  Starts: (rows, month) => expectFigure(rows, "Starts", month.report("day").total.starts),
  Defrosts: (rows, month) => expectFigure(rows, "Defrosts", month.report("day").total.defrosts),
  "Compressor time": (rows, month) =>
    expectFigure(rows, "Compressor", month.report("day").total.runMinutes * 60, 60 * month.days.length),
  "Heat taken by defrosts": (rows, month) =>
    expectFigure(rows, "Defrost", (month.report("day").total.parts.defrost.heatWh ?? 0) / 1000, 0.1),
  "Starts per day": (rows, month) =>
    expectSeries(
      rows,
      "Starts",
      byDay(month, ({ starts, loggedMinutes }) => (loggedMinutes === 0 ? null : starts)),
    ),
  "Defrosts per day": (rows, month) =>
    expectSeries(
      rows,
      "Defrosts",
      byDay(month, ({ defrosts, loggedMinutes }) => (loggedMinutes === 0 ? null : defrosts)),
    ),
  "Compressor time per day": (rows, month) => {
    const ran = byDay(month, ({ runMinutes, loggedMinutes }) => (loggedMinutes === 0 ? null : runMinutes * 60));
    expectSeries(rows, "Compressor", ran, 31);
  },
  "Heat taken by defrosts per day": (rows, month) =>
    expectSeries(
      rows,
      "Defrost",
      byDay(month, ({ parts }) => kwh(parts.defrost.heatWh)),
      dayKwh,
    ),
  "What it did per day": (rows, month) => {
    for (const [name, use] of Object.entries(uses)) {
      const seconds = byDay(month, ({ parts, loggedMinutes }) => (loggedMinutes === 0 ? null : parts[use].seconds));
      expectSeries(rows, name, seconds, 2);
    }
  },
  "Length of each run": (rows, month) => {
    const ended = changesOf(month, ["compressor"]).filter(({ to, durationS }) => to === "off" && durationS !== null);
    expectChanges(rows, ended, ({ durationS }) => ({ Compressor: durationS }));
  },
  "Length of each defrost": (rows, month) => {
    const ended = changesOf(month, ["defrost"]).filter(({ to, durationS }) => to === "off" && durationS !== null);
    expectChanges(rows, ended, ({ durationS }) => ({ Defrost: durationS }));
  },
  "Changes of operation": (rows, month) => {
    const newest = changesOf(month, ["operation"]).slice(-500).toReversed();
    expectChanges(rows, newest, ({ from, to, durationS, context }) => ({
      From: from,
      To: to,
      Lasted: durationS,
      Flow: context.flow_temperature as number | null,
      Return: context.return_temperature as number | null,
      Outdoor: context.outdoor_temperature as number | null,
    }));
  },
};
