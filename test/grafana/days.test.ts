import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import type { Minute } from "@heatloop/core/minute/minute";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { askedInfluxDb, heating, rounded, sumOf } from "./asked-influxdb.ts";
import type { Filled } from "./panels.ts";

const server = askedInfluxDb();

const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
const utc = { timeZone: "UTC" } as const;

describe("the days of a dashboard", () => {
  // Offsets of quarters and halves of an hour, and a change of the clocks by half an hour, on 5 April.
  it.each(["Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati", "Etc/UTC"])(
    "are those of %s, also in their COP and in what was not seen",
    async (timeZone) => {
      const zone = zoneOf(timeZone) as Zone;
      const [from, to] = [zone.startOf("2026-04-03"), zone.endOf("2026-04-07")];
      const gap = zone.startOf("2026-04-06") + 7 * hourMs;
      const minutes = heating(from, to).filter((minute) => minute.at < gap || minute.at >= gap + 5 * minuteMs);
      await server.write("pump", minutes);
      const filled = { from, to: to - 1, device: "pump", timeZone };
      const days = Map.groupBy(minutes, (minute) => zone.startOf(zone.dateOf(minute.at)));
      const heat = await server.shown("heatloop-energy: Heat by use per day", filled);
      const expected = [...days].map(([time, ofDay]) => [time, sumOf(ofDay) / 1000] as const);
      expect(heat.map(({ time, Heating }) => [time, rounded(Heating)])).toEqual(
        expected.map(([time, kwh]) => [time, rounded(kwh)]),
      );
      const cops = await server.shown("heatloop-energy: COP per day", filled);
      const whole = [...days].filter(([time]) => time !== zone.startOf("2026-04-06"));
      expect(cops.map(({ time, COP }) => [time, rounded(COP)])).toEqual(
        whole.map(([time, ofDay]) => [time, rounded(sumOf(ofDay) / (ofDay.length * 10))]),
      );
      const unseen = await server.shown("heatloop-energy: Not seen per day", filled);
      expect(unseen.map((row) => row["Not seen"])).toEqual([0, 0, 0, 300, 0]);
    },
  );

  it("have no COP with more than three minutes missing, the immersion heater, no counter or no heat", async () => {
    const from = at("2026-02-01");
    const day = (i: number) => heating(from + i * dayMs, from + (i + 1) * dayMs);
    const cases: readonly (readonly Minute[])[] = [
      day(0).filter((_, i) => i < 700 || i >= 703),
      day(1).filter((_, i) => i < 700 || i >= 704),
      day(2).map((minute, i) => (i === 5 ? { ...minute, points: { ...minute.points, immersion_heater: 3 } } : minute)),
      day(3).map((minute, i) => (i < 4 ? { ...minute, figures: { ...minute.figures, electricity_wh: null } } : minute)),
      day(4).map((minute) => ({ ...minute, figures: { ...minute.figures, heat_wh: -1 } })),
      day(5).map((minute) => ({ ...minute, figures: { ...minute.figures, electricity_wh: 0.05 } })),
      day(6),
    ];
    await server.write("pump", cases.flat());
    const to = from + cases.length * dayMs - 1;
    const cops = await server.shown("heatloop-energy: COP per day", { from, to, device: "pump", ...utc });
    expect(cops.map(({ time }) => ((time as number) - from) / dayMs)).toEqual([0, 6]);
    for (const [i] of cases.entries()) {
      const today = { from: from + i * dayMs, to: from + (i + 1) * dayMs - 1, device: "pump", ...utc };
      expect(await server.shown("heatloop-overview: COP today", today)).toHaveLength(i === 0 || i === 6 ? 1 : 0);
    }
  });

  it("have no heat where less than a minute of them was seen, as in the report", async () => {
    const zone = zoneOf("UTC") as Zone;
    const from = at("2026-02-01");
    const seenFor = (day: number, seconds: number) => {
      const [minute] = heating(from + day * dayMs, from + day * dayMs + minuteMs) as [Minute];
      return { ...minute, figures: { ...minute.figures, covered_s: seconds } };
    };
    const minutes = [seenFor(0, 59), seenFor(1, 60)];
    await server.write("pump", minutes);
    const heat = await server.shown("heatloop-energy: Heat by use per day", {
      ...{ from, to: from + 2 * dayMs - 1, device: "pump", ...utc },
    });
    const reported = minutes.map((minute, i) =>
      dayEnergy({ date: `2026-02-0${i + 1}`, zone, minutes: [minute], now: from + 2 * dayMs }),
    );
    expect(reported.map(({ heatWh }) => heatWh)).toEqual([null, expect.any(Number)]);
    expect(heat.map(({ time, Heating }) => [time, rounded(Heating)])).toEqual([
      [from + dayMs, (reported[1]?.heatWh ?? 0) / 1000],
    ]);
  });

  it("have a COP of heat and cold together, as in the report", async () => {
    const zone = zoneOf("UTC") as Zone;
    const from = at("2026-07-01");
    const minutes = Array.from({ length: dayMs / minuteMs }, (_, i) =>
      wholeMinute(from + i * minuteMs, i < 200 ? "hot_water" : "cooling", { heatWh: 40, electricityWh: 9 }),
    );
    await server.write("pump", minutes);
    const range = { from, to: from + dayMs - 1, device: "pump", ...utc };
    const { cop, coolingWh } = dayEnergy({ date: "2026-07-01", zone, minutes, now: from + dayMs });
    const [shownCop] = await server.shown("heatloop-energy: COP per day", range);
    expect(Math.abs((shownCop?.COP as number) - (cop ?? 0))).toBeLessThanOrEqual(0.0051);
    expect(await server.shown("heatloop-energy: Cooling", range)).toMatchObject([{ Cooling: (coolingWh ?? 0) / 1000 }]);
  });

  it("are counted by the external meter or with the correction factor where the reader says so", async () => {
    const from = at("2026-02-01");
    const metered = heating(from, from + dayMs).map((minute) => ({
      ...minute,
      figures: { ...minute.figures, meter_wh: 12, meter_s: 60 },
    }));
    await server.write("pump", metered);
    const day = { from, to: from + dayMs - 1, device: "pump", ...utc };
    const electricity = async (by: Partial<Filled>) => [
      (await server.shown("heatloop-energy: Electricity per day", { ...day, ...by }))[0]?.Electricity,
      Math.round(((await server.shown("heatloop-energy: COP per day", { ...day, ...by }))[0]?.COP as number) * 100) /
        100,
    ];
    const inReport = (minutes: readonly Minute[], setup = usualElectricity) => {
      const zone = zoneOf("UTC") as Zone;
      const day = dayEnergy({ date: "2026-02-01", zone, minutes, now: from + dayMs, electricity: setup });
      return [(day.electricityWh ?? 0) / 1000, day.cop];
    };
    const unmetered = metered.map((minute) => ({
      ...minute,
      figures: { ...minute.figures, meter_wh: null, meter_s: null },
    }));
    expect(await electricity({})).toEqual(inReport(unmetered));
    expect(await electricity({ electricity: "meter_wh" })).toEqual(inReport(metered));
    const corrected = { ...usualElectricity, correctionFactor: 1.05 };
    expect(await electricity({ correctionFactor: "1.05" })).toEqual(inReport(unmetered, corrected));
  });
});
