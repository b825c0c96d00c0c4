import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { acknowledged, activeAlerts, endedAlerts, snoozed } from "@heatloop/ha-addon/alerts/alert-log";
import { describe, expect, it } from "vitest";
import { startedMs, type WatchedLog, watchedLog, wrong } from "./log-world.ts";

const fault = wrong("fault/hp", { mark: "E9" });

function raisedFault(timing = {}) {
  const log = watchedLog({ fault: timing });
  log.for(minuteMs, [fault]);
  log.happened();
  return log;
}

function acknowledge(log: ReturnType<typeof raisedFault>, id = "fault/hp", by: string | null = "Ada") {
  const next = acknowledged(log.log, id, { at: log.at, by }, log.rules);
  if (next !== undefined) log.log = next.log;
  log.events.push(...(next?.events ?? []));
  return next?.alert;
}

function snooze(log: WatchedLog, ms: number, id = "fault/hp") {
  const next = snoozed(log.log, id, { at: log.at, until: log.at + ms });
  if (next !== undefined) log.log = next.log;
  return next?.alert;
}

describe("a person who has seen an alert", () => {
  it("is named with the time, and the alert stays until the problem is over", () => {
    const log = raisedFault();
    expect(acknowledge(log)).toMatchObject({ id: "fault/hp", acknowledged: { at: log.at, by: "Ada" } });
    const at = log.at;
    log.for(hourMs, [fault]);
    expect(log.happened()).toEqual(["acknowledged fault/hp"]);
    expect(activeAlerts(log.log)).toMatchObject([{ acknowledged: { at, by: "Ada" } }]);
    log.for(minuteMs, []);
    expect(endedAlerts(log.log)).toMatchObject([{ id: "fault/hp", acknowledged: { at, by: "Ada" } }]);
  });

  it("need not be known", () => {
    expect(acknowledge(raisedFault(), "fault/hp", null)?.acknowledged?.by).toBeNull();
  });

  it("ends what only informs", () => {
    const log = raisedFault({ endsWhenAcknowledged: true });
    acknowledge(log);
    log.for(hourMs, [fault]);
    expect(log.happened()).toEqual(["acknowledged fault/hp", "cleared fault/hp"]);
    expect([activeAlerts(log.log).length, endedAlerts(log.log).length]).toEqual([0, 1]);
  });

  it("is told again of another problem under the same id", () => {
    const log = raisedFault();
    acknowledge(log);
    log.for(minuteMs, [{ ...fault, mark: "E5" }]);
    expect(log.happened()).toEqual(["acknowledged fault/hp", "raised fault/hp"]);
    expect(activeAlerts(log.log)).toMatchObject([{ acknowledged: null }]);
  });

  it.each(["offline/hp", "fault/second", ""])("cannot see what is not there: %j", (id) => {
    const log = raisedFault();
    expect([acknowledge(log, id), snooze(log, hourMs, id)]).toEqual([undefined, undefined]);
  });
});

describe("an alert that is snoozed", () => {
  it("is told again when the time is over and it still lasts, once", () => {
    const log = raisedFault();
    snooze(log, hourMs);
    log.for(hourMs - minuteMs, [fault]);
    expect(log.happened()).toEqual([]);
    log.for(hourMs, [fault]);
    expect(log.happened()).toEqual(["reminded fault/hp"]);
    expect(activeAlerts(log.log)).toMatchObject([{ snoozedUntil: null }]);
  });

  it("is over with its problem, and not told again", () => {
    const log = raisedFault();
    snooze(log, hourMs);
    log.for(minuteMs, []);
    log.for(2 * hourMs, []);
    expect(log.happened()).toEqual(["cleared fault/hp"]);
  });

  it("does not sleep for a year because the clock was set back", () => {
    const log = raisedFault();
    snooze(log, hourMs);
    log.at -= 365 * dayMs;
    log.for(minuteMs, [fault]);
    expect(log.happened()).toEqual(["reminded fault/hp"]);
  });
});

describe("a restart", () => {
  it("keeps since when, who has seen it and until when it is snoozed, and tells nothing again", () => {
    const log = raisedFault();
    acknowledge(log);
    snooze(log, hourMs);
    log.happened();
    const before = activeAlerts(log.log);
    log.restart();
    expect(activeAlerts(log.log)).toEqual(before);
    log.for(startedMs, [fault]);
    expect([log.happened(), activeAlerts(log.log)]).toEqual([[], before]);
  });

  it("waits for what has not been found again, and then it is over", () => {
    const log = raisedFault();
    log.restart();
    log.for(minuteMs, [], { devices: [] });
    log.for(minuteMs, []);
    expect(log.happened()).toEqual([]);
    log.for(startedMs, []);
    expect(log.happened()).toEqual(["cleared fault/hp"]);
  });

  it("ends at once what a start knows at once", () => {
    const log = watchedLog({ mqtt: { isKnownAtStart: true } });
    log.for(minuteMs, [wrong("mqtt")]);
    log.restart();
    log.for(minuteMs, []);
    expect(log.happened()).toEqual(["raised mqtt", "cleared mqtt"]);
  });

  it("ends the alerts of a heat pump that is gone", () => {
    const log = raisedFault();
    log.restart();
    log.for(startedMs, [], { devices: [] });
    expect(log.happened()).toEqual(["cleared fault/hp"]);
  });

  it("keeps what is over, and goes on with its numbers", () => {
    const log = raisedFault();
    log.for(minuteMs, []);
    log.restart();
    log.for(minuteMs, [fault]);
    log.for(minuteMs, []);
    expect(endedAlerts(log.log).map(({ number }) => number)).toEqual([2, 1]);
  });

  it("does not bring back what a person has dismissed", () => {
    const log = raisedFault({ endsWhenAcknowledged: true });
    acknowledge(log);
    log.happened();
    log.restart();
    log.for(startedMs, [fault]);
    expect(log.happened()).toEqual([]);
  });
});
