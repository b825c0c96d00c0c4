import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { dayWindow } from "@heatloop/core/energy/day-window";
import { meteredDay } from "@heatloop/core/energy/metered-day";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, test } from "vitest";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const date = "2026-06-16";
const start = rome.startOf(date);
const end = rome.endOf(date);
/** 10:00 local. */
const exchangedIn = 600;

type Figures = Partial<Minute["figures"]>;

/** A day at 600 W: 10 Wh a minute by the meter, a step of 100 Wh each ten minutes by the counter. */
function metered(change: (index: number) => Figures | null, counted = true) {
  const minutes = Array.from({ length: 1440 }, (_, i) => {
    const own = { meter_wh: 10, meter_s: 60, meter_kwh: 4321.5 + i / 100 };
    const electricity = counted ? { electricity_wh: (i + 1) % 10 === 0 ? 100 : 0 } : {};
    const changed = change(i);
    return changed === null ? [] : [minuteOf(start + i * minuteMs, { ...electricity, ...own, ...changed })];
  });
  const day = columnsOfMinutes(minutes.flat());
  return meteredDay(dayWindow({ date, zone: rome, now: end, day, next: undefined }));
}

/** A new total shows so much for the first time, after a while in which none was reported. */
function beganAnew(kwh: number, awayMinutes: number) {
  return (i: number): Figures => {
    if (i < exchangedIn - awayMinutes) return {};
    if (i < exchangedIn) return { meter_wh: null, meter_s: null, meter_kwh: null };
    if (i > exchangedIn) return { meter_kwh: kwh + (i - exchangedIn) / 100 };
    return { meter_wh: kwh * 1000, meter_s: (awayMinutes + 1) * 60, meter_kwh: kwh };
  };
}

describe("an external meter's day", () => {
  test("is all that it reported", () => {
    expect(metered(() => ({}))).toMatchObject({ countedWh: 14_400, usable: true, missingWh: 0 });
  });

  test("has the use of a gap after which the total went on", () => {
    const away = (i: number): Figures =>
      i < 560 || i > exchangedIn
        ? {}
        : i === exchangedIn
          ? { meter_wh: 410, meter_s: 41 * 60 }
          : { meter_wh: null, meter_s: null, meter_kwh: null };
    expect(metered(away)).toMatchObject({ countedWh: 14_400, usable: true });
  });

  test.each([
    ["10 minutes later, as the heat pump's counter has it", 0.11, 10],
    ["40 minutes later", 0.41, 40],
  ])("counts a total that began again at 0 and is seen %s", (_when, kwh, away) => {
    const day = metered(beganAnew(kwh, away));
    expect(day).toMatchObject({ usable: true, missingWh: 0 });
    expect(day?.countedWh).toBeCloseTo(14_400, 6);
  });

  test.each([
    ["of little", 3.2],
    ["of much", 8],
  ])("leaves out what an exchanged meter shows %s at first, where there is a counter", (_what, kwh) => {
    const day = metered(beganAnew(kwh, 9));
    expect(day).toMatchObject({ countedWh: 14_300, usable: true });
    expect(day?.missingWh).toBeCloseTo(100, 0);
    expect(day?.steps[exchangedIn]).toBeNaN();
  });

  test("compares that first value with the counter's steps of the same minutes, not with one of the minute before", () => {
    // 340 Wh in ten minutes, of which the counter saw 0: the step of 100 Wh in the minute before is not among them.
    const counted = (i: number) => ({ electricity_wh: i === exchangedIn - 10 ? 100 : 0 });
    const day = metered((i) => ({ ...counted(i), ...beganAnew(0.34, 9)(i) }));
    expect(day?.steps[exchangedIn]).toBeNaN();
  });

  test("gives way to the counter where the exchange took longer than a meter may be silent", () => {
    expect(metered(beganAnew(3.2, 40))?.usable).toBe(false);
  });

  test("is as uncertain as that first value where there is no counter to judge it by", () => {
    const day = metered(beganAnew(3.2, 9), false);
    expect(day).toMatchObject({ countedWh: 17_500, usable: true });
    expect(day?.missingDeviationWh).toBeCloseTo(3200, 0);
  });

  test("is nothing where it reported nothing", () => {
    expect(metered(() => ({ meter_wh: null, meter_s: null, meter_kwh: null }))).toBeNull();
  });
});
