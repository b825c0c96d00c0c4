import { hourMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { type RecordedEntity, startFakeRecorder } from "#test/support/import-examples/fake-recorder.ts";
import { importFrom, start } from "#test/support/import-examples/home-assistant-import.ts";

describe("the statistics of Home Assistant", () => {
  const hourly = (write: (i: number) => Partial<{ mean: number; state: number; sum: number }>, count = 3) =>
    Array.from({ length: count }, (_, i) => ({
      start: start + i * hourMs,
      end: start + (i + 1) * hourMs,
      ...write(i),
    }));
  const entities: readonly RecordedEntity[] = [
    {
      entity: "sensor.pump_outside_temp",
      name: "Outside Temp",
      unit: "°C",
      statistics: hourly((i) => ({ mean: 4 + i / 3 })),
    },
    { entity: "sensor.pump_flow_rate", name: "Flow Rate", unit: "L/min", statistics: hourly(() => ({ mean: 12 })) },
    {
      entity: "sensor.pump_consumption",
      name: "Reported Total Daily Energy Consumption",
      unit: "kWh",
      statistics: hourly((i) => ({ state: 4 + i, sum: 1000 + i })),
    },
    {
      entity: "sensor.meter",
      device: "meter",
      unit: "kWh",
      statistics: hourly((i) => ({ state: 7 - i * 3, sum: 500 + i * 1.5 })),
    },
  ];
  const named = [{ entity: "sensor.meter", target: "electricity_meter" } as const];

  it("gives a temperature's mean to each minute, and a total's step to the end of its hour", async () => {
    const { minutes, findings } = await importFrom(await startFakeRecorder(entities), {
      statistics: "hour",
      named,
      hours: 3,
    });
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(180);
    expect(minutes.map(({ points }) => points.outdoor_temperature)).toEqual(
      Array.from({ length: 180 }, (_, i) => [4, 4.33, 4.67][Math.floor(i / 60)]),
    );
    const steps = minutes
      .map(({ figures }, i) => [i, figures.electricity_wh] as const)
      .filter(([, wh]) => wh !== null && wh > 0);
    expect(steps).toEqual([
      [119, 1000],
      [179, 1000],
    ]);
    const metered = minutes
      .map(({ figures }, i) => [i, figures.meter_wh, figures.meter_s] as const)
      .filter(([, wh]) => wh !== null && wh > 0);
    expect(metered).toEqual([
      [119, 1500, 3600],
      [179, 1500, 3600],
    ]);
  });

  it("claims no heat, no flow and no operation", async () => {
    const { minutes, remarks } = await importFrom(await startFakeRecorder(entities), {
      statistics: "hour",
      named,
      hours: 3,
    });
    expect(
      minutes.every(
        ({ figures, points }) =>
          figures.heat_wh === null && figures.heating_s === null && (points.flow_rate ?? null) === null,
      ),
    ).toBe(true);
    expect(remarks.at(-1)).toMatch(
      /^Statistics of flow_rate are left out: a mean over a time has nothing about its minutes/,
    );
  });

  it("is asked for in the units of the archive", async () => {
    const fake = await startFakeRecorder(entities);
    await importFrom(fake, { statistics: "5minute", named });
    expect(fake.asked.find(({ type }) => type === "recorder/statistics_during_period")).toMatchObject({
      period: "5minute",
      units: { temperature: "°C", energy: "kWh" },
      types: ["mean", "state", "sum"],
    });
  });
});
