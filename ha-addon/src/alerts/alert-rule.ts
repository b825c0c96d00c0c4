import type { PointId } from "@heatloop/core/catalogue/points";
import type { FallingTotal } from "@heatloop/core/live/falling-totals";
import type { FeedRemark } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import type { FrequentCommand } from "../heat-pump/frequent-commands.ts";
import type { OwnersTrouble } from "../heat-pump/owner-rules.ts";
import type { PriceProblem } from "../prices/problems.ts";
import type { AlertSettings } from "../settings/alerts-settings.ts";
import type { AlertProblem } from "./alert-problem.ts";
import type { Health } from "./health.ts";
import type { AlertTiming } from "./rules/alert-timing.ts";
import type { Found } from "./rules/found.ts";
import type { RunningDevice, RunningSituation } from "./rules/running-rule.ts";
import type { Severity } from "./rules/severity.ts";

/** A notice that becomes a warning as it is. */
export type ProgramNotice = { readonly id: string; readonly problem: AlertProblem; readonly device: string | null };

/** What alerts are made of, at one moment. */
export type AlertSituation = RunningSituation & {
  readonly at: number;
  readonly health: Health;
  readonly settingsTrouble: AlertProblem | null;
  readonly ownersTrouble: OwnersTrouble | null;
  readonly priceProblems: readonly PriceProblem[];
  /** What cannot be done at the broker, who else is there, and which heat pumps are not logged. */
  readonly notices: readonly ProgramNotice[];
  readonly limits: AlertSettings;
  /** Free space where the log is written; null: not known. */
  readonly freeBytes: number | null;
  /** The machine's clock less Home Assistant's; null: not known. */
  readonly clockDifferenceMs: number | null;
  /** How often the program logged an error within the last hour. */
  readonly errorsLastHour: number;
  readonly devices: readonly DeviceSituation[];
};

/** What alerts of one heat pump are made of; times in ms since the epoch. */
export type DeviceSituation = RunningDevice & {
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
  /** The last change of its firmware that was noticed. */
  readonly firmwareChange: FirmwareChange | null;
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

/** What a rule says of what is wrong, as `Found` has it. */
export type FoundProblem = Found<AlertProblem>;

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
