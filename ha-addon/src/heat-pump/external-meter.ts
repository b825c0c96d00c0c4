import type { CounterState } from "@heatloop/core/live/running-total";
import {
  type MeterFigures,
  type MeterLog,
  type MeterUnit,
  meterKind,
  meterUnits,
  meterValue,
  noMeterFigures,
  startMeterLog,
} from "@heatloop/core/minute/external-meter";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { parseJson } from "@heatloop/program/json-text";
import type { Log } from "@heatloop/program/log";
import type { EntityState } from "../home-assistant/entity-state.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import type { MeterSetting } from "../settings/electricity-settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";

/** The external electricity meter of one heat pump. */
export type ExternalMeter = {
  /** Ends the running minute at `at`, ms since the epoch; all unknown where no meter is set up. */
  close(at: number): MeterFigures;
  /** The power that it reports at a time, W; null where it reports none, or a total alone. */
  powerW(at: number): number | null;
  stop(): void;
};

type Parts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly homeAssistant: Pick<HomeAssistant, "follow"> | undefined;
  readonly mqtt: Pick<Mqtt, "subscribe">;
  readonly settings: SettingsFile;
  /** Whether the meter of the settings is this heat pump's. */
  readonly isOurs: () => boolean;
  /** The state of its total in the archive. */
  readonly last: CounterState | undefined;
};

/** Reads the meter of the settings, a Home Assistant entity or an MQTT topic, and follows each change of them. */
export function startExternalMeter(parts: Parts): ExternalMeter {
  const { settings } = parts;
  let reading = startReading(parts, settings.current().electricity.meter, parts.last);
  const stopSettings = settings.onChange((now, before) => {
    if (JSON.stringify(now.electricity.meter) === JSON.stringify(before.electricity.meter)) return;
    reading.stop();
    // The difference to another meter's total is no energy.
    reading = startReading(parts, now.electricity.meter, undefined);
  });
  return {
    close(at) {
      const figures = reading.close(at);
      return parts.isOurs() ? figures : noMeterFigures;
    },
    powerW: (at) => (parts.isOurs() ? reading.powerW(at) : null),
    stop() {
      stopSettings();
      reading.stop();
    },
  };
}

type Reading = Pick<MeterLog, "close" | "powerW"> & { readonly stop: Stop };

function startReading(parts: Parts, setting: MeterSetting | null, last: CounterState | undefined): Reading {
  if (setting === null) return { close: () => noMeterFigures, powerW: () => null, stop: () => undefined };
  const { clock } = parts;
  const name = setting.entity ?? setting.topic ?? "";
  const input = meterInput(parts.log, name, last);

  function takeState(state: EntityState | undefined): void {
    const now = clock.now();
    const unitText = setting?.unit ?? String(state?.attributes.unit_of_measurement ?? "");
    const unit = meterUnits.find((each) => each === unitText);
    if (state === undefined) input.refuse("Home Assistant has no such entity", now);
    // An absence is common and needs no warning.
    else if (state.state === "unavailable" || state.state === "unknown") input.takeUnknown(now);
    else if (unit !== undefined) input.take(state.state, unit, Math.min(now, state.lastReported || now));
    else {
      const units = meterUnits.join(", ");
      input.refuse(`its unit is ${unitText || "missing"}, not one of ${units}; set electricity.meter.unit`, now);
    }
  }

  function takeMessage(message: MqttMessage): void {
    // Nobody knows how old a retained value is.
    if (message.retained || setting?.unit === undefined) return;
    const text = new TextDecoder().decode(message.payload);
    input.take(fieldOf(text, setting.field), setting.unit, clock.now());
  }

  const stop =
    setting.topic !== undefined
      ? parts.mqtt.subscribe(setting.topic, takeMessage)
      : parts.homeAssistant?.follow([name], (_entity, state) => takeState(state));
  if (stop === undefined) input.refuse("it is an entity, and no Home Assistant is connected", clock.now());
  return { close: input.close, powerW: input.powerW, stop: stop ?? (() => undefined) };
}

type MeterInput = Pick<MeterLog, "close" | "powerW"> & {
  /** Takes what the meter reports, a number or its text. */
  take(reported: unknown, unit: MeterUnit, at: number): void;
  takeUnknown(at: number): void;
  /** Its value is unknown, and the log has why, once. */
  refuse(why: string, at: number): void;
};

/** Checks what a meter reports before it goes into the meter's log, which begins with the first value. */
function meterInput(log: Log, name: string, last: CounterState | undefined): MeterInput {
  let meter: MeterLog | undefined;
  let kind: ReturnType<typeof meterKind> | undefined;
  let logged = "";

  function refuse(why: string, at: number): void {
    if (logged !== why) log.warn(`the electricity meter ${name} is not used: ${why}`);
    logged = why;
    meter?.take(null, at);
  }

  return {
    take(reported, unit, at) {
      if (kind !== meterKind(unit)) {
        kind = meterKind(unit);
        meter = startMeterLog({ kind, at, last });
      }
      const number = numberOf(reported);
      const value = number === null ? null : meterValue(number, unit);
      if (value === null) {
        refuse(number === null ? "it reports no number" : `${number} ${unit} can't be what a heat pump takes`, at);
        return;
      }
      if (logged !== "ok") log.info("electricity meter", { meter: name, unit });
      logged = "ok";
      meter?.take(value, at);
    },
    takeUnknown: (at) => meter?.take(null, at),
    refuse,
    close: (at) => meter?.close(at) ?? noMeterFigures,
    powerW: (at) => meter?.powerW(at) ?? null,
  };
}

const decimalNumber = /^[+-]?\d{1,15}(\.\d{1,20})?(e[+-]?\d{1,2})?$/i;

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" && decimalNumber.test(value.trim()) ? Number(value) : null;
}

/** The value in a payload: all of it, or a field of its JSON, levels separated by points. */
function fieldOf(payload: string, field: string | undefined): unknown {
  if (field === undefined) return payload;
  const json = parseJson(payload);
  let value = json.ok ? json.value : undefined;
  for (const level of field.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, level)) return undefined;
    value = (value as Record<string, unknown>)[level];
  }
  return value;
}
