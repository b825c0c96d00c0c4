/**
 * What a home tells its hub of beside the rows of its archive. A hub takes other names too, of newer homes: small letters, digits
 * and `_`.
 */
export const homeEventKinds = [
  "program_started",
  "program_updated",
  "program_stopped",
  "alert_raised",
  "alert_cleared",
  "room_feed",
  "heat_pump_lost",
  "heat_pump_back",
  "broker_lost",
  "broker_back",
  "clock_off",
  "clock_right",
  "buffer_dropped",
] as const;
export type HomeEventKind = (typeof homeEventKinds)[number];

/** Few values by name, so that an event stays small. */
export type EventContext = Readonly<Record<string, string | number | boolean | null>>;

/** Something that happened at a home, as it is sent. */
export type HomeEvent = {
  /** A UUID that the home made: the hub stores it once, however often it comes. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: HomeEventKind;
  /** The heat pump's id at home; null: it is of none, or of all. */
  readonly device: string | null;
  readonly context: EventContext;
};

/** What the hub takes of an event; the home keeps to it. */
export const eventLimits = { keys: 20, textLength: 500, atOnce: 500 } as const;
