import { hourMs } from "@heatloop/core/time/durations";
import { systemClock } from "@heatloop/program/clock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NamedEntity, readMap } from "#scripts/importing/mappings.ts";
import { openSource } from "#scripts/importing/open-source.ts";
import type { SourceReport } from "#scripts/importing/sample.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { certifiedCoefficient } from "#test/support/heat-ratio.ts";
import {
  hasHomeAssistant,
  startHomeAssistant,
  type TestHomeAssistant,
} from "#test/support/home-assistant/home-assistant.ts";
import { importInto } from "#test/support/import-examples/importing.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** 18 L/min at 32.0/30.5 °C. */
const heatW = 18 * 60 * 1.5 * certifiedCoefficient(32, 30.5);

const rome = namedZone("Europe/Rome");
const quiet: SourceReport = { problem: () => undefined, progress: () => undefined };

const helpers = `
input_number:
  flow: { min: 0, max: 100, step: 0.1, unit_of_measurement: "°C", initial: 32 }
  return: { min: 0, max: 100, step: 0.1, unit_of_measurement: "°C", initial: 30.5 }
  water: { min: 0, max: 100, unit_of_measurement: "L/min", initial: 18 }
input_boolean:
  compressor: { initial: false }
input_select:
  mode: { options: [Heating Water, Space Heating], initial: Space Heating }
`;
const maps = [
  "input_number.flow=flow_temperature",
  "input_number.return=return_temperature",
  "input_number.water=flow_rate",
  "input_boolean.compressor=compressor",
  "input_select.mode=operation_mode",
];

describe.skipIf(!hasHomeAssistant())("an import from the real Home Assistant", () => {
  let homeAssistant: TestHomeAssistant;

  beforeAll(async () => {
    homeAssistant = await startHomeAssistant({ timeZone: "Europe/Rome", extraConfig: helpers });
  }, 240_000);
  afterAll(() => homeAssistant?.close(), 60_000);

  async function open(named: readonly string[], from: number, until: number, statistics?: "hour") {
    const opened = await openSource({
      source: {
        name: "home-assistant",
        url: homeAssistant.url,
        tokenFile: undefined,
        named: named.map(readMap) as NamedEntity[],
        statistics,
      },
      token: async () => homeAssistant.accessToken,
      from,
      until,
      zone: rome,
      now: Date.now(),
      clock: systemClock(),
      report: quiet,
    });
    if ("problems" in opened) throw new Error(opened.problems.join("\n"));
    return opened;
  }

  async function imported(named: readonly string[], from: number, until: number, statistics?: "hour") {
    const opened = await open(named, from, until, statistics);
    try {
      return await importInto(() => opened.source, { until });
    } finally {
      opened.close();
    }
  }

  test("reads its history: heat runs from the switch of the compressor on", async () => {
    const startedAt = Date.now();
    await homeAssistant.callService("input_boolean", "turn_on", { entity_id: "input_boolean.compressor" });
    await waitFor(async () => (await homeAssistant.state("input_boolean.compressor"))?.state === "on", "it is on");
    const outcome = await waitFor(async () => {
      const until = Date.now() + 120_000;
      const read = await imported(maps, startedAt - hourMs, until);
      return read.minutes.some(({ figures }) => figures.starts === 1) && read;
    }, "the recorder has it");
    const minutes = outcome.minutes.filter(({ at }) => at > startedAt - 120_000);
    const last = minutes.at(-1);
    expect(last?.points).toMatchObject({ flow_temperature: 32, return_temperature: 30.5, operation_mode: "heating" });
    const heatingS = last?.figures.heating_s ?? 0;
    expect(heatingS).toBeGreaterThan(0);
    expect(last?.figures.heating_wh).toBeCloseTo((heatW * heatingS) / 3600, 0);
  }, 120_000);

  test("reads its statistics: means and totals of hours", async () => {
    const until = Math.floor(Date.now() / hourMs) * hourMs - hourMs;
    const from = until - 3 * hourMs;
    const hours = [0, 1, 2].map((i) => from + i * hourMs);
    const send = (statistic_id: string, metadata: object, stats: readonly object[]) =>
      homeAssistant.command({
        type: "recorder/import_statistics",
        metadata: { name: null, source: "heating", statistic_id, ...metadata },
        stats,
      });
    const iso = (at: number) => new Date(at).toISOString();
    await send(
      "heating:outdoor",
      { has_sum: false, mean_type: 1, unit_class: "temperature", unit_of_measurement: "°F" },
      hours.map((at, i) => ({ start: iso(at), mean: 41 + 9 * i, min: 30, max: 70 })),
    );
    await send(
      "heating:meter",
      { has_sum: true, mean_type: 0, unit_class: "energy", unit_of_measurement: "Wh" },
      hours.map((at, i) => ({ start: iso(at), state: 5000 + 1200 * i, sum: 1200 * (i + 1) })),
    );
    const named = ["heating:outdoor=outdoor_temperature", "heating:meter=electricity_meter"];
    const { minutes } = await waitFor(async () => {
      const read = await imported(named, from, until, "hour");
      return read.minutes.length === 180 && read;
    }, "the statistics are there");
    expect([0, 60, 120].map((i) => minutes[i]?.points.outdoor_temperature)).toEqual([5, 10, 15]);
    const steps = minutes.flatMap(({ figures }, i) =>
      figures.meter_wh ? [[i, figures.meter_wh, figures.meter_s]] : [],
    );
    expect(steps).toEqual([
      [119, 1200, 3600],
      [179, 1200, 3600],
    ]);
  }, 120_000);
});
