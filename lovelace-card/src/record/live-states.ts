import type { StateObject } from "../home-assistant/hass.ts";
import { bandEntities } from "./operation-track.ts";
import type { RecordData } from "./record-data.ts";
import { readNumber } from "./recorded-number.ts";

/** Adds to the record what has changed in Home Assistant since the last look; nothing while there is no connection. */
export function addLiveStates(data: RecordData, now: number): void {
  const { moment, recorded, span } = data;
  if (moment === undefined || !moment.hass.connected) return;
  data.until = now;
  if (recorded === undefined) return;
  const { hass, lines, source } = moment;
  const seen: Record<string, StateObject | undefined> = {};
  const changedState = (entityId: string): StateObject | undefined => {
    const object = hass.states[entityId];
    seen[entityId] = object;
    return object === data.seen[entityId] ? undefined : object;
  };
  if (recorded.kind === "history") {
    for (const { entityId, unit, noneAt } of lines) {
      const object = changedState(entityId);
      const series = recorded.series.get(entityId);
      if (object === undefined || series === undefined) continue;
      const value = readNumber(object.attributes.unit_of_measurement, unit, noneAt)(object.state);
      if (!Object.is(Math.fround(value), series.values[series.length - 1])) series.append(now, value);
    }
  }
  const signs = bandEntities(source).map((id) => changedState(source.entities.get(id) ?? ""));
  if (signs.some((object) => object !== undefined)) recorded.track?.note(now, source);
  data.seen = seen;
  if (span.from - data.completeFrom > span.to - span.from) forgetBeforeSpan(data);
}

/** A page that is open for days keeps no more than what it shows. */
function forgetBeforeSpan(data: RecordData): void {
  const { from } = data.span;
  data.completeFrom = from;
  for (const series of data.recorded?.series.values() ?? []) series.dropBefore(from);
  data.recorded?.track?.dropBefore(from);
}
