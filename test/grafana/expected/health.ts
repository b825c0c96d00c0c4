import { expect } from "vitest";
import { zone } from "../simulated-month.ts";
import {
  byDay,
  bySteps,
  type Check,
  changesOf,
  expectChanges,
  expectFigure,
  expectSeries,
  knownOf,
  mean,
  total,
} from "./checks.ts";

const lowest = (values: readonly (number | string)[]) => Math.min(...(values as readonly number[]));

/** What each panel of health shows: the report's covered time, and the archive's rows and changes. */
export const health: Readonly<Record<string, Check>> = {
  Seen: (rows, month) => expectFigure(rows, "Seen", month.report("day").total.coveredS, month.days.length),
  "Minutes logged": (rows, { minutes }) => expectFigure(rows, "Rows", minutes.length),
  Faults: (rows, month) =>
    expectFigure(rows, "Offline", changesOf(month, ["fault"]).filter(({ to }) => to !== "none").length),
  "Weakest Wi-Fi": (rows, { minutes }) => expectFigure(rows, "Weakest", lowest(knownOf(minutes, "wifi_signal_dbm"))),
  "Seen per day": (rows, month) =>
    expectSeries(
      rows,
      "Seen",
      byDay(month, ({ coveredS }) => coveredS),
      1,
    ),
  "Missing per day": (rows, month) => {
    expectSeries(
      rows,
      "Not seen",
      byDay(month, ({ seconds, coveredS }) => seconds - coveredS),
      1,
    );
    expectSeries(
      rows,
      "No row",
      byDay(month, ({ seconds, loggedMinutes }) => seconds - loggedMinutes * 60),
    );
    const lengths = new Set(month.days.map(({ seconds }) => seconds));
    expect(lengths).toEqual(new Set([86_400, 82_800]));
  },
  "Offline per day": (rows, month) => {
    const back = changesOf(month, ["online"]).filter(({ to }) => to === "online");
    const days = Map.groupBy(back, ({ at }) => zone.startOf(zone.dateOf(at)));
    const seconds = [...days].map(([at, each]) => [at, total(each.map(({ durationS }) => durationS ?? 0))] as const);
    expectSeries(rows, "Offline", new Map(seconds));
  },
  "Wi-Fi signal": (rows, month) => {
    expectSeries(rows, "Wi-Fi", bySteps(month, ["wifi_signal_dbm"], mean));
    expectSeries(rows, "Weakest", bySteps(month, ["wifi_signal_dbm"], lowest));
  },
  "Online at the broker": (rows, month) =>
    expectChanges(rows, changesOf(month, ["online"]), ({ to }) => ({ State: to })),
  "Fault code": (rows, month) =>
    expectSeries(
      rows,
      "Fault",
      bySteps(month, ["fault_code"], (codes) => codes.at(-1) ?? null),
    ),
  "Faults and connections": (rows, month) =>
    expectChanges(rows, changesOf(month, ["fault", "online"]).toReversed(), ({ kind, from, to, durationS }) => ({
      What: kind,
      From: from,
      To: to,
      Lasted: durationS,
    })),
};
