import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import type { Hass } from "@heatloop/lovelace-card/home-assistant/hass";
import { startSpanRecord } from "@heatloop/lovelace-card/record/span-record";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { temperatureLines } from "@heatloop/lovelace-card/views/temperatures/temperature-lines";
import { fakeHome, type HomeOptions } from "#test/lovelace-card/support/fake-home.ts";
import { recordedHistory, recordedStatistics } from "#test/lovelace-card/support/recorded-house.ts";
import { device, now, statesNow } from "#test/lovelace-card/support/temperatures-page.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

export const hour = 3_600_000;
export const day = 24 * hour;
export const flowId = "sensor.home_flow_temperature";

type Asked = {
  readonly type: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly entity_ids: readonly string[];
  readonly statistic_ids: readonly string[];
  readonly period: string;
  readonly minimal_response?: boolean;
};

/** What Home Assistant's recorder has of the recorded house. */
export function recorder({ type, entity_ids: ids, statistic_ids, start_time, end_time, period }: Asked): unknown {
  const [from, to] = [Date.parse(start_time), Date.parse(end_time)];
  return type === "history/history_during_period"
    ? recordedHistory(device, ids, from, to)
    : recordedStatistics(device, statistic_ids, from, to, period);
}

/** Ends once every answer that is there has been taken. */
export const settled = () => new Promise((done) => setImmediate(done));

/** The state of the flow temperature as Home Assistant has it. */
export const flowState = (value: string, unit = "°C") => ({
  [flowId]: { entity_id: flowId, state: value, attributes: { unit_of_measurement: unit } },
});

/** A record beside a Home Assistant that keeps what it was `asked`; `home.answer` is what it has, or how it refuses. */
export function startWorld() {
  const clock = simulatedClock(now);
  const asked: Asked[] = [];
  const home = { answer: recorder as (message: Asked) => unknown };
  let changes = 0;
  const record = startSpanRecord(clock, () => {
    changes++;
  });

  function houseNow(options: HomeOptions = {}): Hass {
    const { hass } = fakeHome([device], { states: statesNow(clock.now()), ...options });
    return {
      ...hass,
      async callWS<T>(message: { readonly type: string }): Promise<T> {
        asked.push(message as Asked);
        return home.answer(message as Asked) as T;
      },
    };
  }

  function look(hass: Hass, length: number, { zoomed = false, end = clock.now(), unit = "°C" } = {}): void {
    const source = { states: hass.states, entities: heatPumpFrom(device.device, device.entities).entities };
    const lines = temperatureLines(source, english, "°C").map((line) => ({ ...line, unit }));
    record.update({ hass, source, lines }, { from: end - length, to: end }, zoomed);
  }

  function flow(): (readonly [number, number])[] {
    const series = record.series({ entityId: flowId } as never);
    if (series === undefined) return [];
    return Array.from({ length: series.length }, (_, index) => [series.at[index] ?? 0, series.values[index] ?? 0]);
  }

  return { clock, record, asked, home, changes: () => changes, houseNow, look, flow };
}
