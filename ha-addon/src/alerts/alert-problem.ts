import type { FeedRemark } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import type { OwnersTrouble } from "../heat-pump/owner-rules.ts";
import type { StartTrouble } from "../heat-pump/start-heat-pump.ts";
import type { BrokerProblem } from "../mqtt/shared-heat-pumps.ts";
import type { PriceTrouble } from "../prices/problems.ts";
import type { SettingsRefusal } from "../settings/settings-reading.ts";
import type { RunningRuleId } from "./rules/running-rules.ts";

/** What another program says is wrong (the operating system, the broker, Home Assistant), or one of our texts. */
type Quoted = string | { readonly code: "no_connection_yet" | "disk_refuses" };

/** What is wrong, as a code with its figures; `texts/` has the sentences in the languages of people. */
export type AlertProblem =
  | ProgramProblem
  | OwnersTrouble
  | PriceTrouble
  | BrokerProblem
  | { readonly code: "not_started"; readonly device: string; readonly why: StartTrouble }
  | DeviceProblem
  | RunningProblem
  | FeedProblem;

/** What is wrong with the program and its connections. */
export type ProgramProblem =
  | { readonly code: "mqtt_away" | "home_assistant_away" | "archive_failing"; readonly why: Quoted }
  | { readonly code: "disk_low" | "disk_full"; readonly freeMb: number }
  | { readonly code: "clock_difference"; readonly seconds: number }
  | { readonly code: "program_errors"; readonly errors: number }
  | SettingsRefusal
  | { readonly code: "settings_mistakes"; readonly mistakes: string }
  /** `keptAside` is the name of the copy of the file as it was. */
  | { readonly code: "settings_mistakes_kept"; readonly mistakes: string; readonly keptAside: string }
  /** Keys that this version does not know. */
  | { readonly code: "settings_unknown"; readonly keys: readonly string[] };

/** What is wrong with a heat pump of this `name`. */
export type DeviceProblem =
  | { readonly code: "unheard" | "no_status"; readonly name: string; readonly prefix: string }
  | {
      readonly code: "unknown_topics";
      readonly name: string;
      readonly prefix: string;
      readonly points: readonly string[];
      readonly topics: readonly string[];
    }
  | {
      readonly code: "unknown_texts";
      readonly name: string;
      readonly prefix: string;
      readonly texts: readonly string[];
    }
  | {
      readonly code: "kept_commands";
      readonly name: string;
      readonly commands: readonly string[];
    }
  | {
      readonly code: "frequent_commands";
      readonly name: string;
      readonly topic: string;
      readonly count: number;
      readonly minutes: number;
    }
  | { readonly code: "offline" | "offline_unheard"; readonly name: string }
  | { readonly code: "fault"; readonly name: string; readonly fault: string }
  | {
      readonly code: "jumping_values";
      readonly name: string;
      readonly value: string;
      readonly from: number;
      readonly to: number;
    };

/** What a heat pump of this `name` does that it should not, or did that one should know. */
export type RunningProblem =
  | { readonly code: "row_missing"; readonly name: string; readonly minutes: number }
  | { readonly code: "firmware_changed"; readonly name: string; readonly from: string; readonly to: string }
  /** By the id of the rule that found it, with its figures. */
  | { readonly code: RunningRuleId; readonly name: string; readonly [figure: string]: string | number };

/** What is wrong with the room feed of a zone. */
export type FeedProblem =
  | { readonly code: "room_feed"; readonly zone: number; readonly remarks: readonly FeedRemark[] }
  | { readonly code: "room_not_used"; readonly zone: number; readonly room: string; readonly reason: RoomReason }
  | { readonly code: "room_not_plausible"; readonly zone: number; readonly room: string };
