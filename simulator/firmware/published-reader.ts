import type { PointId } from "@heatloop/core/catalogue/points";
import type { Operation } from "@heatloop/core/live/operation";
import type { Ledger } from "../physics/ledger.ts";
import { streamW } from "../physics/water.ts";

/** The published values that the account needs. */
export const accountPoints: ReadonlySet<PointId> = new Set<PointId>([
  "flow_rate",
  "flow_temperature",
  "return_temperature",
  "daily_electricity",
  "operation_mode",
  "compressor",
  "defrost",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
]);

/**
 * An ideal reader of what the firmware publishes: it loses nothing, and each value stands until the next one; while
 * the device is offline nothing stands. Writes the published side of the ledger.
 */
export type PublishedReader = {
  /** `value`: a number, or ON/OFF, or the language-free operation mode; at its time in ms since the epoch. */
  hear(point: PointId, value: number | string, at: number): void;
  /** The device went offline. */
  silence(at: number): void;
  /** Brings the account up to a time. */
  settle(at: number): void;
};

export function startPublishedReader(ledger: Ledger): PublishedReader {
  const values = new Map<PointId, number | string>();
  let counterKwh: number | undefined;
  let settledAt = 0;
  let powerW: number | undefined;
  let operation: Operation = "standby";

  function settle(at: number): void {
    if (powerW !== undefined && at > settledAt) ledger.addPublishedHeat(operation, powerW, settledAt, at);
    settledAt = at;
  }

  function weigh(): void {
    const flowLMin = values.get("flow_rate");
    const flowC = values.get("flow_temperature");
    const returnC = values.get("return_temperature");
    const numbers = typeof flowLMin === "number" && typeof flowC === "number" && typeof returnC === "number";
    powerW = numbers ? streamW(flowLMin, flowC, returnC) : undefined;
    const on = (point: PointId) => values.get(point) === "ON";
    const heater = on("booster_heater") || on("booster_heater_2") || on("immersion_heater");
    operation = operationFrom(on("defrost"), on("compressor") || heater, String(values.get("operation_mode")));
  }

  function hearCounter(kwh: number, at: number): void {
    const before = counterKwh;
    counterKwh = kwh;
    if (before === undefined) return;
    // It starts again at the controller's midnight.
    const stepKwh = kwh < before ? kwh : kwh - before;
    ledger.addPublishedElectricity(Math.round(stepKwh * 1000), at);
  }

  return {
    hear(point, value, at) {
      if (point === "daily_electricity") {
        hearCounter(Number(value), at);
        return;
      }
      settle(at);
      const before = values.get(point);
      if (before === "OFF" && value === "ON") {
        if (point === "compressor") ledger.count("published", "starts", at);
        if (point === "defrost") ledger.count("published", "defrosts", at);
      }
      values.set(point, value);
      weigh();
    },
    silence(at) {
      settle(at);
      values.clear();
      powerW = undefined;
    },
    settle,
  };
}

/** The operation of a moment, as core/live/operation.ts defines it, written a second time to judge the first. */
export function operationFrom(defrost: boolean, running: boolean, mode: string): Operation {
  if (defrost) return "defrost";
  if (!running) return "standby";
  switch (mode) {
    case "heating":
    case "frost_protection":
      return "heating";
    case "hot_water":
    case "legionella_prevention":
      return "hot_water";
    case "cooling":
      return "cooling";
    default:
      return "standby";
  }
}
