import { secondMs } from "@heatloop/core/time/durations";
import type { FirmwareOnMqtt } from "./firmware-on-mqtt.ts";
import { firmwareState } from "./firmware-states.ts";
import type { RunningApp } from "./running-app.ts";
import { waitFor } from "./wait-for.ts";

/** The ids of the alerts that the program has now. */
export async function alertIds(running: RunningApp): Promise<string[]> {
  return (await running.get<{ readonly id: string }[]>("/api/alerts")).map(({ id }) => id);
}

export async function deviceIds(running: RunningApp): Promise<string[]> {
  return (await running.get<{ readonly id: string }[]>("/api/devices")).map(({ id }) => id);
}

/** Waits until exactly these heat pumps are followed. */
export async function followed(running: RunningApp, ...ids: string[]): Promise<void> {
  const sorted = ids.toSorted().join();
  await waitFor(async () => (await deviceIds(running)).toSorted().join() === sorted, `the devices ${sorted}`);
}

/** A heat pump that heats for some minutes: what it publishes on change once, the rest each 30 s. */
export async function heat(running: RunningApp, firmware: FirmwareOnMqtt, minutes: number): Promise<void> {
  const startKwh = Number(firmwareState("daily_electricity", "en").value);
  await firmware.status("online");
  await firmware.publishPoint("operation_mode", "Space Heating");
  await firmware.publishPoint("compressor", "ON");
  await firmware.publishPoint("defrost", "OFF");
  async function publish(round: number): Promise<void> {
    await firmware.publishPoint("flow_rate", "18");
    await firmware.publishPoint("flow_temperature", "35.0");
    await firmware.publishPoint("return_temperature", "30.0");
    await firmware.publishPoint("daily_electricity", (startKwh + Math.floor(round / 4) / 10).toFixed(1));
    await firmware.publishPoint("compressor_frequency", "40");
    await firmware.publishPoint("outdoor_temperature", "3");
    await firmware.publishPoint("dhw_temperature", "48.5");
  }
  // By this it is found; what it publishes before its archive was read is not logged.
  await publish(0);
  await waitFor(async () => (await deviceIds(running)).length > 0, "it is followed");
  await firmware.publishPoint("operation_mode", "Space Heating");
  await firmware.publishPoint("compressor", "ON");
  await firmware.publishPoint("defrost", "OFF");
  for (let round = 0; round < minutes * 2; round += 1) {
    await publish(round);
    await running.pass(30 * secondMs);
  }
}
