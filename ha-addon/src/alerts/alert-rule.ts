import type { PointId } from "@heatloop/core/catalogue/points";
import type { FallingTotal } from "@heatloop/core/live/falling-totals";
import type { Operation } from "@heatloop/core/live/operation";
import type { FeedRemark } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import type { FrequentCommand } from "../heat-pump/frequent-commands.ts";
import type { OwnersTrouble } from "../heat-pump/owner-rules.ts";
import type { PriceProblem } from "../prices/problems.ts";
import type { AlertSettings } from "../settings/alerts-settings.ts";
import type { Severity } from "./alert.ts";
import type { AlertProblem } from "./alert-problem.ts";
import type { AlertTiming } from "./alert-timing.ts";
import type { Health } from "./health.ts";

/** A notice that becomes a warning as it is. */
export type ProgramNotice = { readonly id: string; readonly problem: AlertProblem; readonly device: string | null };

/** What alerts are made of, at one moment. */
export type AlertSituation = {
  readonly at: number;
  readonly health: Health;
  readonly settingsTrouble: AlertProblem | null;
  readonly ownersTrouble: OwnersTrouble | null;
  readonly priceProblems: readonly PriceProblem[];
  /** What cannot be done at the broker, who else is there, and which heat pumps are not logged. */
  readonly notices: readonly ProgramNotice[];
  readonly limits: AlertSettings;
  /** Of the outdoor units, L/min. */
  readonly leastFlowLMin: number;
  /** Free space where the log is written; null: not known. */
  readonly freeBytes: number | null;
  /** The machine's clock less Home Assistant's; null: not known. */
  readonly clockDifferenceMs: number | null;
  /** How often the program logged an error within the last hour. */
  readonly errorsLastHour: number;
  /** Whether the program has counted for so long. */
  readonly hasWholeHour: boolean;
  readonly devices: readonly DeviceSituation[];
};

/** What alerts of one heat pump are made of; times in ms since the epoch. */
export type DeviceSituation = {
  readonly id: string;
  readonly name: string;
  readonly online: boolean | null;
  readonly prefix: string;
  readonly offlineSince: number | null;
  /** Whether its `<prefix>/status` was ever seen. */
  readonly hasStatus: boolean;
  readonly followedAt: number;
  /** When it published live, first in this run and last; null where it never did. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly fault: { readonly code: string; readonly since: number } | "unknown" | null;
  readonly fallingTotal: FallingTotal | null;
  /** Main values that it never published, and what it publishes that is not known. */
  readonly missingPoints: readonly PointId[];
  readonly unknownTopics: readonly string[];
  /** Commands that the broker keeps for it. */
  readonly keptCommands: readonly { readonly topic: string; readonly payload: string }[];
  readonly frequentCommands: readonly FrequentCommand[];
  readonly unknownTexts: readonly { readonly point: PointId; readonly text: string }[];
  readonly feeds: readonly ZoneFeedSituation[];
  /** When its last row was made, in this run. */
  readonly lastRowAt: number | null;
  readonly compressorOn: boolean | null;
  readonly operation: Operation | null;
  /** L/min. */
  readonly flowLMin: number | null;
  /** Whether it was seen to measure any flow. */
  readonly hasFlowSensor: boolean;
  readonly immersionHeaterOn: boolean | null;
  /** Whether any of its booster heaters is. */
  readonly boosterHeaterOn: boolean | null;
  readonly startsLastHour: number;
  readonly defrostsLastHour: number;
  /** The last day that is over. */
  readonly lastDay: LastDay | null;
  /** The last change of its firmware that was noticed. */
  readonly firmwareChange: FirmwareChange | null;
};

/** A day that is over, as far as alerts are made of it. */
export type LastDay = {
  readonly date: string;
  readonly cop: number | null;
  readonly electricityWh: number | null;
  readonly isComplete: boolean;
  readonly waterL: number;
};

export type FirmwareChange = { readonly from: string; readonly to: string; readonly at: number };

/** What alerts of the room feed of a zone are made of. */
export type ZoneFeedSituation = {
  readonly zone: number;
  readonly state: string;
  /** Why it is in its state. */
  readonly remarks: readonly FeedRemark[];
  readonly since: number;
  /** That something else feeds the heat pump too; empty where nothing does. */
  readonly feederRemarks: readonly FeedRemark[];
  readonly rooms: readonly {
    readonly entity: string;
    readonly name: string;
    readonly notUsed: RoomReason | null;
    readonly doubtedAt: number | null;
  }[];
};

/**
 * What a rule says: what is wrong, null: all is well, or that it cannot be said now, so that an alert stays as it is.
 * `sinceAt` where the problem has a start of its own; `severity` where it is another one than the rule's; `mark`: what
 * exactly is wrong where another one of it is news.
 */
export type FoundProblem =
  | {
      readonly problem: AlertProblem;
      readonly sinceAt?: number | null;
      readonly severity?: Severity;
      readonly mark?: string;
      /** Between its two limits: an alert that began goes on, but none begins. */
      readonly onlyKeeps?: boolean;
    }
  | "unknown"
  | null;

/** What a figure says that is beyond the limit at which an alert begins, beyond the one at which it ends, or neither. */
export function between(isBeyondStart: boolean, isBeyondEnd: boolean, problem: AlertProblem): FoundProblem {
  return isBeyondEnd || isBeyondStart ? { problem, onlyKeeps: !isBeyondStart } : null;
}

/** What a count of the last hour says: begun beyond its limit, ended below half of it, which is not known at the start. */
export function countedBeyond(
  count: number,
  limit: number,
  hasWholeHour: boolean,
  problem: AlertProblem,
): FoundProblem {
  return between(count > limit, count > limit / 2, problem) ?? (hasWholeHour ? null : "unknown");
}

/**
 * A kind of alert: its `id` (followed by that of the heat pump, and of the zone), how bad it is, when it applies and for
 * how long it must. Its text is in `texts/`, under the code of its problem.
 */
type Rule<Of extends readonly unknown[]> = RuleTiming & {
  readonly severity: Severity;
  readonly find: (...of: Of) => FoundProblem;
};

/** When a kind of alert is raised and cleared, where that is not the usual way. */
export type RuleTiming = {
  readonly id: string;
  readonly timing?: Partial<AlertTiming> | ((limits: AlertSettings) => Partial<AlertTiming>);
};

export type ProgramRule = Rule<[situation: AlertSituation]>;
export type DeviceRule = Rule<[device: DeviceSituation, situation: AlertSituation]>;
export type FeedRule = Rule<[feed: ZoneFeedSituation]>;
export type RoomAlertRule = Rule<[room: ZoneFeedSituation["rooms"][number], zone: number]>;
