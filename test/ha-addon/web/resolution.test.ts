import type { Minute } from "@heatloop/core/minute/minute";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { columnsOf } from "@heatloop/ha-addon/web/points";
import { type Resolution, type Row, resolutions, rowsAtResolution } from "@heatloop/ha-addon/web/resolution";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleMinute } from "#test/support/examples/device.ts";

const rome = zoneOf("Europe/Rome") as Zone;

async function rows(
  minutes: readonly Minute[],
  points: string,
  resolution: Resolution,
  zone: Zone = rome,
): Promise<Row[]> {
  const columns = columnsOf(points);
  if (!columns.ok) throw new Error(JSON.stringify(columns.mistakes));
  async function* each() {
    yield* minutes;
  }
  const result: Row[] = [];
  for await (const row of rowsAtResolution(each(), { columns: columns.value, resolution, zone })) result.push(row);
  return result;
}

function everyMinute(from: string, count: number): Minute[] {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, index) => exampleMinute(start + index * 60_000));
}

describe("readings at a resolution", () => {
  it("add up energies and seconds, mean temperatures, and keep the last state", async () => {
    const minutes = [
      exampleMinute(Date.parse("2026-11-20T10:00:00+01:00"), { flow_temperature: 30, compressor: 60 }),
      exampleMinute(Date.parse("2026-11-20T10:01:00+01:00"), { flow_temperature: 33, compressor: 30 }),
      exampleMinute(Date.parse("2026-11-20T10:02:00+01:00"), {
        flow_temperature: null,
        compressor: 0,
        operation_mode: "hot_water",
      }),
    ];
    const [row] = await rows(minutes, "heat_wh,flow_temperature,compressor,operation_mode,outdoor_temperature", "5min");
    expect(row?.values).toEqual([180, 31.5, 90, "hot_water", null]);
  });

  it("have the last total of a meter, and the mean of a coefficient", async () => {
    const start = Date.parse("2026-11-20T10:00:00+01:00");
    const metered = everyMinute("2026-11-20T10:00:00+01:00", 5).map(({ figures, ...minute }, i) => ({
      ...minute,
      at: start + i * 60_000,
      figures: { ...figures, meter_kwh: 4000 + i, heat_coefficient_kwh_m3_k: 1.15 + i / 1000 },
    }));
    const [row] = await rows(metered, "meter_kwh,heat_coefficient_kwh_m3_k", "5min");
    expect(row?.values).toEqual([4004, 1.152]);
  });

  it("leave out a time of which there is no minute", async () => {
    const minutes = [...everyMinute("2026-11-20T10:00:00Z", 3), ...everyMinute("2026-11-20T10:20:00Z", 3)];
    const at = (await rows(minutes, "heat_wh", "5min")).map((row) => new Date(row.at).toISOString().slice(11, 16));
    expect(at).toEqual(["10:00", "10:20"]);
  });

  it.each([
    ["2026-03-29", 23],
    ["2026-10-25", 25],
    ["2026-11-20", 24],
  ])("have on %s %d hours, each with its own start", async (date, hours) => {
    const minutes = everyMinute(new Date(rome.startOf(date)).toISOString(), hours * 60);
    const byHour = await rows(minutes, "heat_wh", "hour");
    expect(byHour.map((row) => row.values)).toEqual(Array.from({ length: hours }, () => [3600]));
    expect(new Set(byHour.map((row) => rome.isoOf(row.at))).size).toBe(hours);
    expect(await rows(minutes, "heat_wh", "day")).toEqual([{ at: rome.startOf(date), values: [hours * 3600] }]);
  });

  it("begin hours at the local hour in a zone with 45 minutes", async () => {
    const zone = zoneOf("Asia/Kathmandu") as Zone;
    const [, second] = await rows(everyMinute("2026-11-20T10:00:00Z", 60), "heat_wh", "hour", zone);
    expect(second && zone.isoOf(second.at)).toBe("2026-11-20T16:00:00+05:45");
  });

  it("neither lose nor invent heat, whatever the resolution", async () => {
    const heat = fc.option(fc.integer({ min: -500, max: 2000 }), { nil: null });
    const minute = fc.record({ after: fc.integer({ min: 1, max: 500 }), heat });
    await fc.assert(
      fc.asyncProperty(
        fc.array(minute, { maxLength: 200 }),
        fc.constantFrom(...resolutions),
        async (list, resolution) => {
          let at = Date.parse("2026-10-24T12:00:00Z");
          const minutes = list.map(({ after, heat }) => {
            at += after * 60_000;
            const one = exampleMinute(at);
            return { ...one, figures: { ...one.figures, heat_wh: heat } };
          });
          const result = await rows(minutes, "heat_wh", resolution);
          const sum = (values: readonly unknown[]) =>
            values.reduce<number>((all, value) => all + Number(value ?? 0), 0);
          expect(sum(result.map((row) => row.values[0]))).toBe(sum(list.map(({ heat }) => heat)));
          expect(result.map((row) => row.at)).toEqual([...new Set(result.map((row) => row.at))].sort((a, b) => a - b));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("the points of a query", () => {
  const names = (list: string | undefined) => {
    const columns = columnsOf(list);
    return columns.ok ? columns.value.map(({ name }) => name) : columns.mistakes.map(({ found }) => found);
  };

  it.each([
    ["flow_temperature", ["flow_temperature_c"]],
    ["flow_temperature_c, heat_wh", ["flow_temperature_c", "heat_wh"]],
    ["compressor,compressor_s,compressor", ["compressor_s"]],
    ["nonsense", ['"nonsense"']],
    ["heat_wh,esp_uptime,x", ["esp_uptime, which is not logged", '"x"']],
    ["heat_wh,", ['""']],
  ])("%s", (list, expected) => {
    expect(names(list)).toEqual(expected);
  });

  it("are all of them where none is named", () => {
    expect(names(undefined)).toEqual(names(""));
    expect(names(undefined)).toEqual(expect.arrayContaining(["heat_wh", "starts", "flow_temperature_c"]));
  });
});
