import type { Clock } from "@heatloop/core/time/clock";
import { askAddon } from "./addon.ts";
import type { HeatPumpEntity } from "./entity-id.ts";
import { type HeatPumpEntities, heatloopId } from "./find-entities.ts";
import type { Hass } from "./hass.ts";
import type { Situation } from "./situation.ts";
import { stateOf } from "./value.ts";

/** The firmware's signs of which each change is one of what the heat pump does. */
const signs = ["compressor", "operation_mode", "defrost"] as const satisfies readonly HeatPumpEntity[];

/** Of `GET api/devices/<id>/status` what is needed here. */
type Status = { readonly operation: string | null; readonly since: string | null };

/** Since when the heat pump does what it does. */
export type SinceWatch = {
  /** In ms since the epoch; null where that is not known. */
  since(hass: Hass, heatPump: HeatPumpEntities, situation: Situation): number | null;
};

/**
 * After a restart of Home Assistant each state has just changed there; Heatloop's app still knows, and is asked once a
 * change. `changed` is called once it has answered.
 */
export function watchSince(clock: Clock, changed: () => void): SinceWatch {
  let asked: string | undefined;
  let earlier: number | undefined;

  async function ask(hass: Hass, device: string, key: string, situation: Situation): Promise<void> {
    asked = key;
    earlier = undefined;
    const answer = await askAddon<Status>(hass, clock, `api/devices/${encodeURIComponent(device)}/status`);
    if (asked !== key || answer.kind !== "answer" || answer.value.operation !== situation) return;
    const since = Date.parse(answer.value.since ?? "");
    if (!Number.isFinite(since)) return;
    earlier = since;
    changed();
  }

  return {
    since(hass, heatPump, situation) {
      if (situation === "offline" || situation === "unknown") return null;
      const source = { states: hass.states, entities: heatPump.entities };
      const own = stateOf(source, "operation");
      const states = own?.state === situation ? [own] : signs.map((id) => stateOf(source, id));
      const changes = states.map((state) => Date.parse(state?.last_changed ?? "")).filter(Number.isFinite);
      if (changes.length === 0) return null;
      const changedAt = Math.max(...changes);
      const device = heatloopId(heatPump.device);
      const key = [device, situation, changedAt].join(" ");
      if (device !== undefined && own?.state === situation && asked !== key && hass.connected) {
        void ask(hass, device, key, situation);
      }
      return asked === key ? Math.min(changedAt, earlier ?? changedAt) : changedAt;
    },
  };
}
