import type { Language } from "@heatloop/core/catalogue/languages";
import type { ClimatePart } from "@heatloop/core/catalogue/point";
import type { PointId } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import type { Home } from "../home-state.ts";
import { heatsTank } from "./mode.ts";
import { decimalsOf, numberPayload, statePayload, steppedPayload, wholeSteps } from "./payloads.ts";
import type { NumericSignal } from "./signals.ts";
import type { StateSignal } from "./states.ts";
import { ownRoomC } from "./zone-control.ts";

/** One state topic of the firmware; `payload` is the last one, undefined before the first. */
export type Channel = {
  readonly point: PointId;
  readonly topic: string;
  payload: string | undefined;
  /** The value of the payload: a number, ON/OFF, a language-free state or a text. */
  value: number | string;
  /** Reads the source anew; true where the payload changed. */
  refresh(at: number): boolean;
  /** Forgets its payload, as a restart does. */
  forget(): void;
};

/** What stands for a number that is not known, with `publish_nan_as_none`. */
const unknownPayload = "None";

/** The channel of a numeric sensor, rounded as the firmware prints it. */
export function numericChannel(point: PointId, prefix: string, language: Language, read: NumericSignal): Channel {
  const decimals = decimalsOf(point);
  const factor = 10 ** decimals;
  let steps = Number.NaN;
  const channel: Channel = {
    point,
    topic: stateTopic(prefix, point, language),
    payload: undefined,
    value: Number.NaN,
    refresh(at) {
      const now = wholeSteps(read(at) * factor);
      if (now === steps || (Number.isNaN(now) && channel.payload === unknownPayload)) return false;
      steps = now;
      channel.payload = Number.isNaN(now) ? unknownPayload : steppedPayload(now, decimals);
      channel.value = now / factor;
      return true;
    },
    forget() {
      steps = Number.NaN;
      channel.payload = undefined;
    },
  };
  return channel;
}

/** The channel of a binary sensor, a text state or a text. */
export function stateChannel(point: PointId, prefix: string, language: Language, read: StateSignal): Channel {
  let last: boolean | string | undefined;
  const channel: Channel = {
    point,
    topic: stateTopic(prefix, point, language),
    payload: undefined,
    value: "",
    refresh(at) {
      const now = read(at);
      if (now === last) return false;
      last = now;
      channel.payload = statePayload(point, now, language);
      channel.value = typeof now === "string" ? now : channel.payload;
      return true;
    },
    forget() {
      last = undefined;
      channel.payload = undefined;
    },
  };
  return channel;
}

/** A number, select, switch or text that the firmware restores after a restart. */
export function settingChannel(point: PointId, prefix: string, language: Language, home: Home): Channel {
  const read = (): boolean | string => {
    const value = home.settings.value(point);
    if (value === undefined) throw new Error(`${point} has no initial value.`);
    if (typeof value !== "number") return value;
    return Number.isNaN(value) ? unknownPayload : numberPayload(value);
  };
  return stateChannel(point, prefix, language, read);
}

const climateParts: readonly ClimatePart[] = ["mode", "current_temperature", "target_temperature", "action"];

/**
 * The channels of a climate: whenever one of its four topics changes, all four are published. `target` is the point of
 * its set-point, `dhw_climate_target`.
 */
export function climateChannels(target: PointId, prefix: string, language: Language, home: Home): readonly Channel[] {
  const base = target.slice(0, -"target".length);
  const zone = target.startsWith("zone_2") ? 2 : 1;
  const hotWater = target.startsWith("dhw");
  const current = (): number => {
    if (hotWater) return Math.round(home.tank.waterC * 2) / 2;
    return target.includes("_flow_") ? home.settings.number(target) : ownRoomC(home, zone);
  };
  const mode = () =>
    !hotWater && home.settings.choice(`zone_${zone}_operating_mode`).startsWith("cool") ? "cool" : "heat";
  const channelOf = (part: ClimatePart): Channel => {
    const id = `${base}${part.split("_")[0]}` as PointId;
    switch (part) {
      case "mode":
        return stateChannel(id, prefix, language, mode);
      case "action":
        return stateChannel(id, prefix, language, () => climateAction(home, hotWater, zone));
      case "current_temperature":
        return numericChannel(id, prefix, language, current);
      case "target_temperature":
        return numericChannel(id, prefix, language, () => home.settings.number(target));
    }
  };
  return climateParts.map(channelOf);
}

function climateAction(home: Home, hotWater: boolean, zone: 1 | 2): string {
  const { mode, zoneOpen } = home.controller;
  if (hotWater) return heatsTank(mode.mode) ? "heating" : "idle";
  if (home.zones === 2 && zoneOpen[zone - 1] === 0) return "idle";
  if (mode.mode === "cooling") return "cooling";
  return mode.mode === "heating" || mode.mode === "frost_protection" ? "heating" : "idle";
}
