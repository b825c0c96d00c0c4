import { dayMs } from "@heatloop/core/time/durations";
import { parseConfig } from "@heatloop/lovelace-card/home-assistant/config";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import type { Hass } from "@heatloop/lovelace-card/home-assistant/hass";
import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import { elementRange, startRangeChoice } from "@heatloop/lovelace-card/range/range-choice";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import type { ReactiveController } from "lit";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { fakeHome, germanLocale, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

/** The Energy dashboard's collection, as the frontend hangs it onto the connection. */
function collectionOf(start: string, end: string | undefined, isActive = true) {
  const listeners = new Set<() => void>();
  return {
    start: new Date(start),
    end: end === undefined ? undefined : new Date(end),
    isActive: () => isActive,
    listeners,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pick(from: string, to: string) {
      this.start = new Date(from);
      this.end = new Date(to);
      for (const listener of listeners) listener();
    },
  };
}

function house(connection: object = {}) {
  const clock = simulatedClock(Date.parse("2026-11-21T10:30:00+01:00"));
  const { hass } = fakeHome([heatloopDevice("home")], { locale: germanLocale });
  const input = {
    hass: { ...hass, connection } satisfies Hass,
    config: parseConfig({}, ["now"]),
    formats: formatsOf(hass),
    texts: english,
    clock,
  } as unknown as ViewInput;
  let changes = 0;
  const choice = startRangeChoice(() => changes++);
  return { clock, input, choice, changes: () => changes, now: () => choice.now(input, rome) };
}

describe("the shown range", () => {
  it("is this month, until a person chooses another", () => {
    const { input, choice, now, changes } = house();
    expect(now()).toEqual({ range: { from: "2026-11-01", to: "2026-11-30", unit: "month" }, followed: false });
    choice.move(input, rome, -1);
    expect(now().range).toEqual({ from: "2026-10-01", to: "2026-10-31", unit: "month" });
    choice.choose(input.config, "day", now().range.to);
    expect(now().range).toEqual({ from: "2026-10-31", to: "2026-10-31", unit: "day" });
    choice.choose(input.config, "week");
    expect(now().range).toEqual({ from: "2026-11-16", to: "2026-11-22", unit: "week" });
    expect(changes()).toBe(3);
  });

  it("is another first one where a view has its own, and what was chosen on another view", () => {
    const { input } = house();
    const first = startRangeChoice(() => undefined, "week");
    expect(first.now(input, rome).range).toEqual({ from: "2026-11-16", to: "2026-11-22", unit: "week" });
    startRangeChoice(() => undefined).choose(input.config, "year");
    expect(first.now(input, rome).range.unit).toBe("year");
  });

  it("may first be the last seven days, which move by seven, and lead back to those of today", () => {
    const { input, clock } = house();
    const choice = startRangeChoice(() => undefined, "seven_days");
    const now = () => choice.now(input, rome).range;
    const latest = { from: "2026-11-15", to: "2026-11-21", unit: undefined };
    expect(now()).toEqual(latest);
    choice.move(input, rome, 1);
    expect(now()).toEqual(latest);
    choice.move(input, rome, -1);
    expect(now()).toEqual({ from: "2026-11-08", to: "2026-11-14", unit: undefined });
    choice.move(input, rome, 1);
    clock.advanceTo(clock.now() + dayMs);
    expect(now()).toEqual({ from: "2026-11-16", to: "2026-11-22", unit: undefined });
    choice.choose(input.config, "week");
    expect(now()).toEqual({ from: "2026-11-16", to: "2026-11-22", unit: "week" });
  });

  it("goes on with the days while it is that of today", () => {
    const { input, choice, clock, now } = house();
    choice.choose(input.config, "day");
    choice.move(input, rome, -1);
    expect(now().range.from).toBe("2026-11-20");
    choice.move(input, rome, 1);
    expect(now().range.from).toBe("2026-11-21");
    clock.advanceTo(Date.parse("2026-11-22T00:00:01+01:00"));
    expect(now().range.from).toBe("2026-11-22");
  });

  it("is a heating year from July to June, back and on again", () => {
    const { input, choice, now } = house();
    choice.choose(input.config, "season");
    expect(now().range).toEqual({ from: "2026-07-01", to: "2027-06-30", unit: "season" });
    choice.move(input, rome, 1);
    expect(now().range.from).toBe("2026-07-01");
    choice.move(input, rome, -1);
    expect(now().range).toEqual({ from: "2025-07-01", to: "2026-06-30", unit: "season" });
    choice.move(input, rome, 1);
    expect(now().range.from).toBe("2026-07-01");
  });

  it("goes no further than today, and than what may be recorded", () => {
    const { input, choice, now, changes } = house();
    choice.move(input, rome, 1);
    expect([now().range.from, changes()]).toEqual(["2026-11-01", 0]);
    choice.choose(input.config, "year", "2016-11-21");
    choice.move(input, rome, -1);
    expect([now().range.from, changes()]).toEqual(["2016-01-01", 1]);
  });

  it("of an element looks for a date picker while that is on the page", () => {
    const { input } = house({ _energy: collectionOf("2026-11-20T00:00:00+01:00", undefined) });
    const controllers: ReactiveController[] = [];
    const element = {
      isConnected: false,
      addController: (each: ReactiveController) => controllers.push(each),
      requestUpdate: () => {},
    };
    const choice = elementRange(element as unknown as Parameters<typeof elementRange>[0]);
    expect(choice.now(input, rome).followed).toBe(false);
    element.isConnected = true;
    expect(choice.now(input, rome).followed).toBe(true);
    element.isConnected = false;
    for (const { hostDisconnected } of controllers) hostDisconnected?.();
    expect(choice.now(input, rome).followed).toBe(false);
  });

  it("is the same in the other views of the card, and not in another card", () => {
    const { input, choice } = house();
    const other = startRangeChoice(() => {});
    choice.choose(input.config, "year");
    expect(other.now(input, rome).range.unit).toBe("year");
    expect(other.now({ ...input, config: parseConfig({}, ["now"]) }, rome).range.unit).toBe("month");
  });
});

describe("the Energy dashboard's date picker", () => {
  const day = ["2026-11-20T00:00:00+01:00", "2026-11-20T23:59:59.999+01:00"] as const;

  it.each(["_energy", "_energy_lovelace", "_energy_heat"])("is followed where it is beside the card: %s", (key) => {
    const collection = collectionOf(...day);
    const { input, choice, now, changes } = house({ [key]: collection, options: {} });
    choice.start(input);
    expect(now()).toEqual({ range: { from: "2026-11-20", to: "2026-11-20", unit: "day" }, followed: true });
    collection.pick("2026-10-01T00:00:00+02:00", "2026-10-31T23:59:59.999+01:00");
    expect(now().range).toEqual({ from: "2026-10-01", to: "2026-10-31", unit: "month" });
    expect(changes()).toBe(2);
    choice.stop();
    expect(collection.listeners.size).toBe(0);
    expect(now().followed).toBe(false);
  });

  it("means the days of the person's profile, also far from home", () => {
    const picked = ["2026-11-20T00:00:00-05:00", "2026-11-20T23:59:59.999-05:00"] as const;
    const { input, choice } = house({ _energy: collectionOf(...picked) });
    const abroad = { ...input, formats: { ...input.formats, timeZone: "America/New_York" } };
    choice.start(abroad);
    expect(choice.now(abroad, rome).range).toEqual({ from: "2026-11-20", to: "2026-11-20", unit: "day" });
  });

  it("is found when it comes a moment after the card", () => {
    const connection: Record<string, unknown> = {};
    const { input, choice, clock, now } = house(connection);
    choice.start(input);
    connection._energy = collectionOf(...day);
    expect(now().followed).toBe(false);
    clock.advanceTo(clock.now() + 4_000);
    expect(now().followed).toBe(true);
  });

  it("is one day where it has no end", () => {
    const { input, choice, now } = house({ _energy: collectionOf(day[0], undefined) });
    choice.start(input);
    expect(now().range).toEqual({ from: "2026-11-20", to: "2026-11-20", unit: "day" });
  });

  it.each(["2026-03-29T00:00:00+01:00", "2026-10-25T00:00:00+02:00"])(
    "is one day where it has no end and the clocks change: %s",
    (start) => {
      const { input, choice, now } = house({ _energy: collectionOf(start, undefined) });
      const roman = { ...input, formats: { ...input.formats, timeZone: "Europe/Rome" } };
      choice.start(roman);
      const date = start.slice(0, 10);
      expect(choice.now(roman, rome).range).toEqual({ from: date, to: date, unit: "day" });
      expect(now().followed).toBe(true);
    },
  );

  it.each<[string, unknown]>([
    ["of another dashboard", collectionOf(...day, false)],
    ["of another shape", { start: "today", subscribe: 1 }],
    ["that is null", null],
    [
      "that throws",
      {
        start: new Date(),
        isActive: () => true,
        subscribe: () => {
          throw new Error("no");
        },
      },
    ],
  ])("is left alone where it is one %s", (_, collection) => {
    const { input, choice, clock, now } = house({ _energy: collection });
    choice.start(input);
    clock.advanceTo(clock.now() + 60_000);
    expect(now().followed).toBe(false);
    choice.stop();
  });
});
