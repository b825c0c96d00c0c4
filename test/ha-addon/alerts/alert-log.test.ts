import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { activeAlerts, endedAlerts, lookedAt } from "@heatloop/ha-addon/alerts/alert-log";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at as startedAt } from "./alerts-world.ts";
import { lookMs, watchedLog, wrong } from "./log-world.ts";

const fault = wrong("fault/hp");
const minutes = { afterMs: 5 * minuteMs, clearAfterMs: minuteMs };

describe("a problem becomes an alert", () => {
  it.each([
    ["at once, where its rule says nothing else", {}, lookMs, ["raised fault/hp"]],
    ["not before it has lasted as long as its rule says", minutes, 5 * minuteMs, []],
    ["when it has lasted as long as its rule says", minutes, 5 * minuteMs + lookMs, ["raised fault/hp"]],
  ])("%s", (_, timing, lasts, happened) => {
    const log = watchedLog({ fault: timing });
    log.for(lasts, [fault]);
    expect(log.happened()).toEqual(happened);
  });

  it.each([
    ["gaps that are shorter than it must be gone count as none", 30 * secondMs, ["raised fault/hp"]],
    ["longer gaps begin it anew", 2 * minuteMs, []],
  ])("after gaps: %s", (_, gapMs, happened) => {
    const log = watchedLog({ fault: minutes });
    for (let times = 0; times < 4; times += 1) {
      log.for(2 * minuteMs, [fault]);
      log.for(gapMs, []);
    }
    expect(log.happened()).toEqual(happened);
  });

  it("that began when it was first found, or when the rule says", () => {
    const log = watchedLog({ fault: minutes, offline: minutes });
    log.for(10 * minuteMs, [fault, wrong("offline/hp", { sinceAt: startedAt - hourMs })]);
    expect(activeAlerts(log.log).map(({ sinceAt }) => sinceAt)).toEqual([startedAt + lookMs, startedAt - hourMs]);
  });

  it("that is not told where its kind is switched off, and is over when it is switched off later", () => {
    const off = watchedLog({}, ["fault"]);
    off.for(minuteMs, [fault]);
    expect([off.happened(), activeAlerts(off.log)]).toEqual([[], []]);
    const log = watchedLog();
    log.for(minuteMs, [fault]);
    log.happened();
    const found = { wrong: [fault], unknown: new Set<string>(), devices: new Set(["hp"]) };
    const next = lookedAt(log.log, found, log.at + lookMs, { ...log.rules, isOff: () => true });
    expect(next.events.map(({ kind }) => kind)).toEqual(["cleared"]);
  });
});

describe("an alert is over", () => {
  it.each([
    ["at once, where its rule says nothing else", {}, lookMs, ["cleared fault/hp"]],
    ["not before the problem has been gone as long as its rule says", minutes, minuteMs, []],
    ["when the problem has been gone as long as its rule says", minutes, minuteMs + lookMs, ["cleared fault/hp"]],
  ])("%s", (_, timing, goneMs, happened) => {
    const log = watchedLog({ fault: timing });
    log.for(10 * minuteMs, [fault]);
    log.happened();
    log.for(goneMs, []);
    expect(log.happened()).toEqual(happened);
  });

  it("and is kept with its sentence, when it began and when it ended", () => {
    const log = watchedLog();
    log.for(minuteMs, [fault]);
    log.for(lookMs, []);
    expect(endedAlerts(log.log)).toEqual([
      {
        number: 1,
        id: "fault/hp",
        severity: "warning",
        message: "the sentence of fault",
        device: "hp",
        deviceName: "Ecodan",
        sinceAt: startedAt + lookMs,
        endedAt: startedAt + minuteMs + lookMs,
        acknowledged: null,
      },
    ]);
  });

  it("by itself where it only informs, and does not come back for the same thing", () => {
    const log = watchedLog({ firmware: { endsAfterMs: hourMs } });
    const changed = wrong("firmware/hp", { severity: "info", mark: "2.0" });
    log.for(hourMs, [changed]);
    expect(log.happened()).toEqual(["raised firmware/hp"]);
    log.for(hourMs, [changed]);
    expect(log.happened()).toEqual(["cleared firmware/hp"]);
    log.for(lookMs, [{ ...changed, mark: "2.1" }]);
    expect(log.happened()).toEqual(["raised firmware/hp"]);
  });

  it("in the newest thousand and the last ninety days", () => {
    const log = watchedLog();
    for (let times = 0; times < 1_002; times += 1) {
      log.for(lookMs, [fault]);
      log.for(lookMs, []);
    }
    expect(endedAlerts(log.log).map(({ number }) => number)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => 1_002 - i),
    );
    log.at += 91 * dayMs;
    log.for(lookMs, [fault]);
    log.for(lookMs, []);
    expect(endedAlerts(log.log).map(({ number }) => number)).toEqual([1_003]);
  });
});

describe("what is not known", () => {
  it.each(["waiting", "active"])("neither raises nor clears an alert that is %s", (phase) => {
    const log = watchedLog({ fault: minutes });
    log.for(phase === "active" ? 10 * minuteMs : 4 * minuteMs, [fault]);
    log.happened();
    log.for(hourMs, [], { unknown: ["fault/hp"] });
    expect(log.happened()).toEqual([]);
    expect(activeAlerts(log.log)).toHaveLength(phase === "active" ? 1 : 0);
  });
});

describe("a problem that gets worse is told again, also to whoever has seen it", () => {
  it.each([
    ["a warning becomes an error", { severity: "error" as const }, ["raised fault/hp"]],
    ["another fault comes", { mark: "E5" }, ["raised fault/hp"]],
    ["an error becomes a warning", { severity: "info" as const }, []],
    ["its figures change", { problem: { code: "fault", name: "Ecodan", fault: "E5" } as const }, []],
  ])("%s", (_, more, happened) => {
    const log = watchedLog();
    log.for(minuteMs, [fault]);
    log.happened();
    log.for(minuteMs, [{ ...fault, ...more }]);
    expect(log.happened()).toEqual(happened);
  });
});

it("setting the clock neither raises nor clears anything", () => {
  const jump = fc.integer({ min: -400 * dayMs, max: 400 * dayMs });
  const look = fc.record({ jumpMs: jump, isWrong: fc.boolean() });
  fc.assert(
    fc.property(fc.array(look, { maxLength: 30 }), fc.boolean(), (looks, isActive) => {
      const log = watchedLog({ fault: { afterMs: hourMs, clearAfterMs: hourMs, endsAfterMs: dayMs } });
      if (isActive) log.for(hourMs + minuteMs, [fault]);
      log.happened();
      // Each look counts 30 s at most: thirty of them are a quarter of an hour.
      for (const { jumpMs, isWrong } of looks) {
        const found = { wrong: isWrong ? [fault] : [], unknown: new Set<string>(), devices: new Set(["hp"]) };
        log.at += jumpMs;
        const next = lookedAt(log.log, found, log.at, log.rules);
        log.log = next.log;
        expect(next.events).toEqual([]);
      }
    }),
  );
});

it("an alert is told and over in turns, whatever is found", () => {
  const timing = fc.record({
    afterMs: fc.constantFrom(0, minuteMs, 5 * minuteMs),
    clearAfterMs: fc.constantFrom(0, minuteMs),
  });
  const look = fc.constantFrom("wrong", "well", "unknown");
  fc.assert(
    fc.property(timing, fc.array(look, { maxLength: 200 }), (chosen, looks) => {
      const log = watchedLog({ fault: chosen });
      for (const each of looks) {
        log.for(lookMs, each === "wrong" ? [fault] : [], { unknown: each === "unknown" ? ["fault/hp"] : [] });
      }
      const kinds = log.events.map(({ kind }) => kind);
      expect(kinds).toEqual(kinds.map((_, index) => (index % 2 === 0 ? "raised" : "cleared")));
      expect(activeAlerts(log.log)).toHaveLength(kinds.length % 2);
    }),
  );
});
