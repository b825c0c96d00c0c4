import type { Transition } from "@heatloop/core/live/transition";
import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { StateFile } from "../base/state-file.ts";
import type { HeatPump } from "../heat-pump/heat-pump.ts";
import type { FirmwareChange } from "./alert-rule.ts";
import { firmwarePoints, openFirmwareWatch } from "./firmware-watch.ts";
import { lastDays } from "./last-days.ts";
import { countLastHour } from "./last-hour.ts";
import type { LastDay } from "./rules/running-rule.ts";

/** What was noticed of the heat pumps, by their ids. */
export type DeviceHistory = {
  takeTransition(id: string, transition: Pick<Transition, "kind" | "to">): void;
  takeMinute(id: string): void;
  /** Whether it has counted for an hour. */
  hasWholeHour(): boolean;
  lastRowAt(id: string): number | null;
  startsLastHour(id: string): number;
  defrostsLastHour(id: string): number;
  firmwareChange(heatPump: HeatPump): FirmwareChange | null;
  lastDay(heatPump: HeatPump): LastDay;
  /** Whether it measured any flow, in this run or on its last day. */
  hasFlowSensor(heatPump: HeatPump): boolean;
};

/** Begins to notice; of the run before only the firmware is known. */
export async function openDeviceHistory(parts: {
  readonly clock: Pick<Clock, "now">;
  readonly zone: () => Zone;
  readonly stateFile: StateFile;
}): Promise<DeviceHistory> {
  const { clock } = parts;
  const counts = countLastHour(clock);
  const rows = new Map<string, number>();
  const flowing = new Set<string>();
  const firmware = await openFirmwareWatch(parts.stateFile);
  const lastDay = lastDays(parts);
  return {
    takeTransition(id, { kind, to }) {
      if ((kind === "compressor" || kind === "defrost") && to === "on") counts.add(`${kind} ${id}`);
    },
    takeMinute: (id) => rows.set(id, clock.now()),
    hasWholeHour: counts.isWhole,
    lastRowAt: (id) => rows.get(id) ?? null,
    startsLastHour: (id) => counts.count(`compressor ${id}`),
    defrostsLastHour: (id) => counts.count(`defrost ${id}`),
    firmwareChange({ device }) {
      const at = clock.now();
      const [firmware_version, esp_version] = firmwarePoints.map((point) => {
        const value = device.snapshot.value(point, at);
        return typeof value === "string" && value !== "" ? value : null;
      });
      return firmware.changeOf(
        device.id,
        { firmware_version: firmware_version ?? null, esp_version: esp_version ?? null },
        at,
      );
    },
    lastDay: ({ device, recorder }) => lastDay(device.id, recorder.yesterday),
    hasFlowSensor({ device, recorder }) {
      const isFlowing = Number(device.snapshot.value("flow_rate", clock.now())) > 0;
      if (isFlowing || lastDay(device.id, recorder.yesterday).waterL > 0) flowing.add(device.id);
      return flowing.has(device.id);
    },
  };
}
