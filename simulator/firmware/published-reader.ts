import type { PointId } from "@heatloop/core/catalogue/points";
import type { Operation } from "@heatloop/core/live/operation";
import type { Ledger } from "../physics/ledger.ts";
import { streamW } from "../physics/water.ts";
import { operationFrom } from "./operation.ts";

/** The published values that the ledger needs. */
export const ledgerPoints: ReadonlySet<PointId> = new Set<PointId>([
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
 * An ideal reader of what the firmware publishes: it loses nothing, and each value holds until the next one; while
 * the device is offline nothing holds. Writes the published side of the ledger.
 */
export type PublishedReader = {
  /** `value`: a number, or ON/OFF, or the language-free operation mode; at its time in ms since the epoch. */
  receive(point: PointId, value: number | string, at: number): void;
  /** The device went offline. */
  goOffline(at: number): void;
  /** Brings the ledger up to a time. */
  settle(at: number): void;
};

/** Starts a reader that has received nothing yet. */
export function startPublishedReader(ledger: Ledger): PublishedReader {
  const values = new Map<PointId, number | string>();
  let counterKwh: number | undefined;
  let settledUntil = 0;
  let powerW: number | undefined;
  let operation: Operation = "standby";

  function settle(at: number): void {
    if (powerW !== undefined && at > settledUntil) ledger.addPublishedHeat(operation, powerW, settledUntil, at);
    settledUntil = at;
  }

  function update(): void {
    const flowLMin = values.get("flow_rate");
    const flowC = values.get("flow_temperature");
    const returnC = values.get("return_temperature");
    const allNumbers = typeof flowLMin === "number" && typeof flowC === "number" && typeof returnC === "number";
    powerW = allNumbers ? streamW(flowLMin, flowC, returnC) : undefined;
    const on = (point: PointId) => values.get(point) === "ON";
    const heater = on("booster_heater") || on("booster_heater_2") || on("immersion_heater");
    operation = operationFrom(on("defrost"), on("compressor") || heater, String(values.get("operation_mode")));
  }

  function receiveCounter(kwh: number, at: number): void {
    const before = counterKwh;
    counterKwh = kwh;
    if (before === undefined) return;
    // It starts again at the controller's midnight.
    const stepKwh = kwh < before ? kwh : kwh - before;
    ledger.addPublishedElectricity(Math.round(stepKwh * 1000), at);
  }

  return {
    receive(point, value, at) {
      if (point === "daily_electricity") {
        receiveCounter(Number(value), at);
        return;
      }
      settle(at);
      const before = values.get(point);
      if (before === "OFF" && value === "ON") {
        if (point === "compressor") ledger.count("published", "starts", at);
        if (point === "defrost") ledger.count("published", "defrosts", at);
      }
      values.set(point, value);
      update();
    },
    goOffline(at) {
      settle(at);
      values.clear();
      powerW = undefined;
    },
    settle,
  };
}
