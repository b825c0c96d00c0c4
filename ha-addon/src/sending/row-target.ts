import type { Transition } from "@heatloop/core/live/transition";
import type { Minute } from "@heatloop/core/minute/minute";
import type { Zone } from "@heatloop/core/time/local-day";

/** How an attempt to send rows ended; `why` is a sentence for a person, without a secret. */
export type WriteOutcome =
  /** `pauseMs`: the other side asks to wait so long before more of the past is sent. */
  | { readonly kind: "taken"; readonly pauseMs?: number }
  /** Some of the rows will never be taken; the others are. */
  | { readonly kind: "rows_refused"; readonly why: string }
  /** Fewer at a time may be taken. */
  | { readonly kind: "too_large"; readonly why: string }
  /** Nothing is taken before a person changes something. */
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string; readonly retryAfterMs: number | null };

/** The rows of a heat pump's date that are not sent; the transitions are all of the date's, as they are told apart by their order. */
export type RowsOfDate = {
  readonly device: string;
  readonly zone: Zone;
  readonly minutes: readonly Minute[];
  readonly transitions: readonly Transition[];
};

/** The form in which each row is sent; undefined: it has nothing to say. */
export type FormsOfDate<Row> = {
  readonly minutes: readonly (Row | undefined)[];
  readonly transitions: readonly (Row | undefined)[];
};

/** Where rows of the archive are sent, in a form of its own. */
export type RowTarget<Row> = {
  formsOf(rows: RowsOfDate): FormsOfDate<Row>;
  /** Sends rows of one heat pump once; never rejected, and over soon after `ended` is aborted. */
  write(device: string, rows: readonly Row[], ended: AbortSignal): Promise<WriteOutcome>;
};
