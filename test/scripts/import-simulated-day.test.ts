import type { PointId } from "@heatloop/core/catalogue/points";
import { readTopic } from "@heatloop/core/catalogue/topics";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import { describe, expect, it } from "vitest";
import type { MappedEntity } from "#scripts/importing/home-assistant-entities.ts";
import { openHistory } from "#scripts/importing/home-assistant-history.ts";
import { pythonColumns } from "#scripts/importing/python-columns.ts";
import { openPythonLog } from "#scripts/importing/python-log.ts";
import { isUseful } from "#scripts/importing/sample.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { importInto, now } from "#test/support/import-examples/importing.ts";
import { csvFile, pythonHeader } from "#test/support/import-examples/python-csv.ts";

const zone = namedZone("Europe/Rome");
/** 25 hours long. */
const date = "2026-10-25";
const [from, to] = [zone.startOf(date), zone.endOf(date)];

/** A day of a simulated heat pump as three programs see it: Heatloop itself, the Python logger, Home Assistant. */
function watchedDay() {
  let deliver: (topic: string, payload: string, at: number) => void = () => {};
  const wires = directWires((topic, payload, at) => deliver(topic, payload, at));
  const device = startDevice({
    prefix: "ecodan-heatpump",
    mqtt: { publish: async () => false },
    zone: () => zone,
    at: from,
  });
  const latest = new Map<PointId, string>();
  const states = new Map<PointId, { readonly s: string; readonly lu: number }[]>();
  deliver = (topic, payload, at) => {
    device.take({ topic, payload, retained: false }, at);
    const read = readTopic(topic);
    if (read?.kind !== "point" || latest.get(read.point) === payload) return;
    latest.set(read.point, payload);
    const state = payload === "ON" || payload === "OFF" ? payload.toLowerCase() : payload;
    states.set(read.point, [...(states.get(read.point) ?? []), { s: state, lu: at / 1000 }]);
  };
  const simulation = startSimulation({ startAt: from, timeZone: zone.name, openWire: wires.open, seed: 7 });
  const live: Minute[] = [];
  const rows: string[] = [];
  for (let at = from; at < to; at += minuteMs) {
    simulation.advanceTo(at + 30_000);
    rows.push(
      pythonHeader
        .split(",")
        .map((column) => cellOf(column, at + 30_000))
        .join(","),
    );
    simulation.advanceTo(at + minuteMs);
    live.push({ ...device.closeMinute(at + minuteMs), at });
  }

  function cellOf(column: string, at: number): string {
    if (column === "timestamp") return zone.isoOf(at).slice(0, 19).replace("T", " ");
    const point = pythonColumns[column];
    const payload = point ? latest.get(point) : undefined;
    return payload === "ON" ? "1" : payload === "OFF" ? "0" : (payload ?? "");
  }

  return { live, rows, states };
}

describe("a simulated day over the end of summer time", () => {
  const { live, rows, states } = watchedDay();
  const energyOf = (minutes: readonly Minute[]) => dayEnergy({ date, minutes, nextDay: [], zone, now });

  it("comes out of the Python logger's rows as it was logged live, as far as one sample a minute can show", async () => {
    const files = [csvFile([pythonHeader, ...rows])];
    const { minutes, findings } = await importInto((report) =>
      openPythonLog({ files, zone, spaceMode: "heating", now, report }),
    );
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(25 * 60);
    compare(minutes, 0.03);
  });

  it("comes out of Home Assistant's history as it was logged live", async () => {
    const entities: MappedEntity[] = [...states.keys()]
      .filter((point) => isUseful(point) || point === "esp_uptime")
      .map((point) => ({ entity: `sensor.${point}`, target: point, unit: undefined }));
    const send = async (message: { readonly [key: string]: unknown }) => {
      const [start, end] = [message.start_time, message.end_time].map((time) => Date.parse(String(time)) / 1000);
      const answers = entities.map(({ entity, target }) => {
        const all = states.get(target as PointId) ?? [];
        return [entity, all.filter(({ lu }) => lu >= (start ?? 0) && lu < (end ?? 0))] as const;
      });
      return Object.fromEntries(answers);
    };
    const { minutes } = await importInto((report) =>
      openHistory({ session: { send }, entities, from, until: to, report }),
    );
    expect(minutes).toHaveLength(25 * 60);
    compare(minutes, 0.005);
  });

  function compare(minutes: readonly Minute[], share: number): void {
    const [imported, logged] = [energyOf(minutes), energyOf(live)];
    expect(logged.heatWh).toBeGreaterThan(5_000);
    for (const [mine, theirs] of [
      [imported.heatWh, logged.heatWh],
      [imported.coveredS, logged.coveredS],
    ]) {
      expect(Math.abs((mine ?? 0) - (theirs ?? 0))).toBeLessThan((theirs ?? 0) * share);
    }
    expect(Math.abs((imported.electricityWh ?? 0) - (logged.electricityWh ?? 0))).toBeLessThanOrEqual(200);
  }
});
