import { secondMs } from "@heatloop/core/time/durations";
import { groupCount, pollMs } from "./firmware/entities.ts";
import type { Firmware } from "./firmware/firmware.ts";
import { operationFrom } from "./firmware/operation.ts";
import type { Optimizer } from "./firmware/optimizer.ts";
import type { PublishedReader } from "./firmware/published-reader.ts";
import type { Home } from "./home-state.ts";
import type { Ledger } from "./physics/ledger.ts";
import type { Thermostats } from "./thermostats/thermostats.ts";

/** One group of requests: the step of the simulation, 2.1 s. */
export const stepMs = pollMs / groupCount;

/** A simulation in progress: what it consists of, and where it is. */
export type Progress = {
  readonly home: Home;
  readonly optimizer: Optimizer;
  readonly firmware: Firmware;
  readonly thermostats: Thermostats;
  ledger: Ledger;
  reader: PublishedReader;
  at: number;
  /** The group of requests of the last step. */
  group: number;
  powerBackAt: number;
};

/** Goes on by one step. */
export function advance(progress: Progress): void {
  const { home, optimizer, firmware, thermostats } = progress;
  const from = progress.at;
  const at = from + stepMs;
  progress.at = at;
  progress.group = (progress.group + 1) % groupCount;
  if (!home.powered && at >= progress.powerBackAt) home.powered = true;
  const { starts, defrosts } = home.pump;
  home.step(at, stepMs / secondMs);
  enterActual(progress, from, starts, defrosts);
  optimizer.step(at, firmware.state().kind !== "down");
  firmware.step(at, progress.group);
  thermostats.step(at);
}

/** Enters what really happened since `from` into the ledger; `starts` and `defrosts`: as they were counted then. */
function enterActual({ home, ledger, at }: Progress, from: number, starts: number, defrosts: number): void {
  const { pump, controller, circuit } = home;
  const { orders, mode } = controller;
  const { kind } = pump.compressor;
  const heater = orders.immersion || orders.booster1 || orders.booster2;
  const operation = operationFrom(kind === "defrosting", kind !== "stopped" || heater, mode.mode);
  ledger.addActual(operation, circuit.heatW, pump.electricityW, pump.immersionW, from, at);
  if (pump.starts > starts) ledger.count("actual", "starts", at);
  if (pump.defrosts > defrosts) ledger.count("actual", "defrosts", at);
}

/** Heat pump and ESP32 are without power for a while. */
export function cutPower(progress: Progress, seconds: number): void {
  progress.home.powered = false;
  progress.powerBackAt = progress.at + seconds * secondMs;
  progress.firmware.cutPower(progress.at, progress.powerBackAt);
}
