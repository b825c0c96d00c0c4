import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { HourEnergy } from "@heatloop/core/energy/hour-energy";
import type { Comparison } from "@heatloop/core/house/compare-periods";
import type { HeatingCurve } from "@heatloop/core/house/heating-curve";
import type { Operation } from "@heatloop/core/live/operation";
import type { Known } from "@heatloop/core/live/snapshot";
import type { Transition } from "@heatloop/core/live/transition";
import type { Minute } from "@heatloop/core/minute/minute";
import type { Report } from "@heatloop/core/report";
import type { Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Alert, EndedAlert } from "../alerts/alert.ts";
import type { Health } from "../alerts/health.ts";
import type { ArchiveSize } from "../archive/archive-size.ts";
import type { DateSpan } from "../archive/dates.ts";
import type { PlainRows } from "../archive/plain-days.ts";
import type { FirstRunFinder } from "../first-run/first-run.ts";
import type { HeatingKind, ReportRequest } from "../report/energy-reports.ts";
import type { RoomsUse } from "../room-feed/use-rooms.ts";
import type { RoomFeedView } from "../room-feed/view.ts";

/** What the web shows of the program; times are ms since the epoch, null is unknown. */
export type HeatloopView = {
  devices(): readonly DeviceView[];
  /** undefined, here and below: there is no such device. */
  status(id: string): StatusView | undefined;
  /**
   * Clears the retained topics of a heat pump that is gone, whereupon it is forgotten here and in Home Assistant; its log
   * stays. Refused for one that still publishes.
   */
  remove(id: string): Promise<"removed" | "unknown" | "alive" | "named" | "broker_away">;
  /** Clears the commands that the broker keeps for a heat pump; false where the broker is away. */
  clearKeptCommands(id: string): Promise<boolean>;
  /**
   * Clears all that Heatloop keeps at the broker, its entities in Home Assistant with it, and keeps nothing there until
   * the next start; false where the broker is away.
   */
  leaveBroker(): Promise<boolean>;
  /** Every point the device has ever reported, with its present value (null: unknown). */
  latest(id: string): ReadonlyMap<PointId, Known> | undefined;
  /**
   * Minutes that began in [fromMs, toMs), in order of time, each once; with their heat by the present formula, whatever
   * it was logged by.
   */
  minutes(id: string, fromMs: number, toMs: number): AsyncIterable<Minute>;
  /** The same as CSV text: the header line first, each line ended by LF; pieces of any size. */
  minuteLines(id: string, fromMs: number, toMs: number): AsyncIterable<string>;
  /** The minutes of whole local dates, both included, as they lie in the archive; undefined where they don't lie there so. */
  plainRows(id: string, span: DateSpan): Promise<readonly PlainRows[] | undefined>;
  /** How long the minutes of whole local dates are as one CSV file; null: not known before they are unpacked. */
  minuteBytes(id: string, span: DateSpan): number | null;
  transitions(id: string, fromMs: number, toMs: number): AsyncIterable<Transition>;
  /** The local dates of a range, both included, that have any data; in order of date. */
  days(id: string, fromDate: string, toDate: string): Promise<readonly DayEnergy[]>;
  /** The hours of a range of local dates, both included, that anything is known of; in order of time. */
  hours(id: string, fromDate: string, toDate: string): Promise<readonly HourEnergy[]>;
  /**
   * A text that changes whenever the archive's files do that the days of a range are made of, or all reports of it;
   * undefined as long as not all of its days are finished.
   */
  finishedState(id: string, span: DateSpan, what: "days" | "report"): string | undefined;
  /** The report of a range of local dates, both included. */
  report(id: string, request: ReportRequest): Promise<Report>;
  /** Two periods of local dates with the weather taken out. */
  compare(id: string, before: DateSpan, after: DateSpan): Promise<Comparison>;
  heatingKind(id: string): HeatingKind | undefined;
  /** The heating curve of a range of local dates, as it was and as the house needs it. */
  heatingCurve(id: string, range: DateSpan, heating: HeatingKind): Promise<HeatingCurve>;
  roomFeed(): readonly RoomFeedView[];
  /** Has a heat pump use the rooms' temperature in a zone, as a person wants it. */
  useRooms(id: string, zone: number): Promise<RoomsUse | "unknown">;
  /** Those of now. */
  alerts(): readonly Alert[];
  /** Those that are over, the newest first. */
  endedAlerts(): readonly EndedAlert[];
  /** A person, `by` name where it is known, has seen an active alert; undefined, here and below: none has that id. */
  acknowledgeAlert(id: string, by: string | null): Alert | undefined;
  /** Nobody is told of an active alert again for so long. */
  snoozeAlert(id: string, minutes: number, by: string | null): Alert | undefined;
  health(): Health;
  /** null: not counted yet. */
  archiveSize(): ArchiveSize | null;
  /** When the newest minute of a heat pump was written; null: none since the program started. */
  lastRowAt(id: string): number | null;
  stats(): StatsView;
  readonly firstRun: FirstRunFinder;
  zone(): Zone;
  /** In which people of the home read. */
  language(): HomeLanguage;
  /** Called with the device of which anything changed, appeared or went; may be called for each reading. */
  onChange(changed: (device: string) => void): Stop;
};

export type DeviceView = {
  /** In URLs and names of folders: letters, digits, `_` and `-`. */
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly online: boolean | null;
  /** How many heating zones it has. */
  readonly zones: number;
  /** Of the firmware's texts. */
  readonly language: Language | null;
  readonly lastSeenAt: number | null;
  readonly operation: Operation | null;
};

export type StatusView = {
  readonly id: string;
  readonly online: boolean | null;
  readonly operation: Operation | null;
  /** Start of this operation. */
  readonly sinceAt: number | null;
  readonly values: ReadonlyMap<PointId, Known>;
  /** Into the water; negative in defrost and cooling. W. */
  readonly heatPowerW: number | null;
  readonly electricityPowerW: number | null;
  /** Of this moment; null where it means nothing. */
  readonly cop: number | null;
  readonly today: DayEnergy | null;
  readonly roomFeed: readonly RoomFeedView[];
};

export type StatsView = {
  readonly startedAt: number;
  readonly mqttMessages: number;
  /** Messages that became readings. */
  readonly readings: number;
  readonly minutesWritten: number;
  readonly transitionsWritten: number;
  readonly memoryBytes: number;
};
