import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { CounterState } from "@heatloop/core/live/running-total";
import type { Transition } from "@heatloop/core/live/transition";
import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Log } from "@heatloop/program/log";
import type { Archive } from "../archive/archive.ts";
import type { CsvHealth } from "../archive/csv/csv-files.ts";
import type { StateFile } from "../base/state-file.ts";
import type { Device } from "../device/device.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import type { PublishingRight } from "../mqtt/publishing-right.ts";
import type { DeviceRoomFeeds } from "../room-feed/room-feeds.ts";
import type { ScheduleSetting } from "../settings/schedule-settings.ts";
import type { ExternalMeter } from "./external-meter.ts";

/** What following a heat pump needs, and what it reports. */
export type HeatPumpParts = {
  readonly prefix: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly mqtt: Mqtt;
  readonly archive: Archive;
  readonly archiveHealth: () => CsvHealth;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  /** What has to end before: the same heat pump's log of the time before. */
  readonly after: Promise<void>;
  readonly startFeeds: (
    device: Device,
    onTransition: (transition: Transition) => void,
    onChange: () => void,
  ) => DeviceRoomFeeds;
  readonly startMeter: (last: CounterState | undefined) => ExternalMeter;
  readonly electricity: () => ElectricitySetup;
  /** Keeps a boost of the hot water over restarts. */
  readonly boostFile: StateFile;
  /** The entries of the weekly schedule that are its own, and what keeps over restarts how far that has come. */
  readonly schedule: () => readonly ScheduleSetting[];
  readonly scheduleFile: StateFile;
  /** It is ready, or was seen live for the first time. */
  readonly onFirstSeen: () => void;
  readonly water: () => WaterSetup;
  /** Whether this installation publishes for it, or another one does; and when that may have changed. */
  readonly publishingRight: PublishingRight;
  /** Its points, language or state changed. */
  readonly onChange: (device: Device, what: "points" | "state") => void;
  readonly onTransition: (device: Device, transition: Transition) => void;
  readonly onMinute: () => void;
};
