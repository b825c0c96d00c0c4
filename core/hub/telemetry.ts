import type { Transition } from "../live/transition.ts";
import type { SentSetup } from "./home-setup.ts";

/** What a home sends of one heat pump: rows of its archive as they lie in its files, each kind with its header. */
export type SentRows = {
  /** The heat pump's id at home. */
  readonly device: string;
  /**
   * What tells the heat pump from others, whatever it is called and whichever home logs it: a digest of its ESP32's hardware address,
   * where that is known.
   */
  readonly identity?: string | undefined;
  /** The home's time zone by its IANA name. */
  readonly time_zone: string;
  /** What the owner has set, of which the energy of a day follows beside its rows. */
  readonly setup?: SentSetup | undefined;
  /** Text of a minute log. */
  readonly minutes?: string | undefined;
  /** Text of a log of transitions, with the column `nth`. */
  readonly transitions?: string | undefined;
  /** `HomeDay`s; each is read by itself. */
  readonly days?: readonly unknown[] | undefined;
};

/**
 * A column that sent transitions have beside those of the archive: which one it is among those of its second that are just like
 * it, from 0. The archive writes whole seconds, and every transition is kept.
 */
export const nthColumn = "nth";

/** Counts, one after the other, the transitions of a second that are just like each other. */
export function countAlike(): (transition: Transition) => number {
  const counted = new Map<string, number>();
  return ({ at, kind, zone, from, to }) => {
    const key = JSON.stringify([at, kind, zone, from, to]);
    const nth = counted.get(key) ?? 0;
    counted.set(key, nth + 1);
    return nth;
  };
}

/** The body of `POST /api/v1/telemetry`. */
export type Telemetry = {
  readonly devices: readonly SentRows[];
  /** `HomeEvent`s; each is read by itself, so that one that can't be holds up no other. */
  readonly events?: readonly unknown[] | undefined;
};

/** What became of the rows of one kind. */
export type RowCounts = {
  readonly stored: number;
  /** Were stored before, just the same. */
  readonly repeated: number;
  /** Were stored before with other values: the first ones stay. */
  readonly different: number;
  /** Can't be read, or are of a time that can't be: they are kept for inspection and need not be sent again. */
  readonly refused: number;
  /** Lie in the hub's future: to be sent again when it has come. */
  readonly too_early: number;
  /** Are older than what the hub keeps. */
  readonly too_old: number;
};

/** The answer: everything but rows that are too early is stored, or need not be sent again. */
export type TelemetryAnswer = {
  readonly devices: readonly {
    readonly device: string;
    readonly minutes: RowCounts;
    readonly transitions: RowCounts;
    /** Reports of days; `repeated`: the one that is there is as new. */
    readonly days: RowCounts;
  }[];
  readonly events: RowCounts;
  /** The hub's clock, ISO 8601. */
  readonly hub_at: string;
  /** The first UTC date whose rows the hub keeps. */
  readonly keeps_from: string;
  /** How long the home shall wait before it sends more of its past; 0: it need not. */
  readonly slow_down_s: number;
};

/** How far before the hub's clock a row may be. */
export const mostAheadMs = 5 * 60_000;

/** No home has a log from before the firmware that publishes it: such a time is a clock that was not set yet. */
export const firstBelievableMs = Date.UTC(2020, 0, 1);

/** Where rows are sent to. */
export const telemetryPath = "/api/v1/telemetry";

/** Where a home says that it has nothing that it has not sent. */
export const sentPath = "/api/v1/node/sent";
