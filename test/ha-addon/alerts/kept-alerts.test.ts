import { activeAlerts, emptyAlertLog } from "@heatloop/ha-addon/alerts/alert-log";
import { restoredAlerts, savedAlerts } from "@heatloop/ha-addon/alerts/kept-alerts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { alertExamples } from "./alert-examples.ts";
import { lookMs, watchedLog, wrong } from "./log-world.ts";

function saved() {
  const log = watchedLog();
  log.for(
    lookMs,
    Object.values(alertExamples).map((problem) => wrong(problem.code, { problem })),
  );
  return JSON.parse(JSON.stringify(savedAlerts(log.log))) as {
    entries: { alert: { problem: { code: string } } }[];
    ended: object[];
    next: number;
  };
}

it("every kind of problem is there again after a restart", () => {
  const problems = activeAlerts(restoredAlerts(saved())).map(({ problem }) => problem);
  expect(problems).toEqual(Object.values(alertExamples));
});

it.each([
  ["immersion_heater_on", "immersion_heater"],
  ["booster_heater_on", "booster_heater"],
] as const)("an alert that an earlier version called %s is the same one as %s", (before, code) => {
  const file = saved();
  const entry = file.entries.find(({ alert }) => alert.problem.code === code);
  if (entry === undefined) throw new Error("no such alert");
  entry.alert.problem = { ...entry.alert.problem, code: before };
  const problems = activeAlerts(restoredAlerts(file)).map(({ problem }) => problem);
  expect(problems).toEqual(Object.values(alertExamples));
});

it("what another version of the program saved and this one cannot say is left out, the rest stays", () => {
  const file = saved();
  const [first, second] = file.entries;
  if (first === undefined || second === undefined) throw new Error("no entries");
  first.alert.problem = { code: "of_a_later_version" };
  expect(activeAlerts(restoredAlerts(file))).toHaveLength(file.entries.length - 1);
});

it.each([[undefined], [null], [[]], ["text"], [{}], [{ entries: 1, ended: [], next: 1 }]])(
  "a file that is none of it begins anew: %j",
  (file) => {
    expect(restoredAlerts(file)).toEqual(emptyAlertLog);
  },
);

it("whatever is in the file, it is read without an error", () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), fc.array(fc.anything()), (entries, ended) => {
      expect(restoredAlerts({ entries, ended, next: 1 }).history.next).toBe(1);
    }),
  );
});
