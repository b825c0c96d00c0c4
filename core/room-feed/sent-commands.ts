/**
 * What one number or select of the firmware was told, and whether it took it; `at` is when it was told last, ms since
 * the epoch. `refused`: the command did not leave; `unconfirmed`: it was told often enough and does not say so itself.
 */
export type SentCommand<V extends number | string> =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "waiting";
      readonly value: V;
      readonly at: number;
      readonly attempt: number;
      /** When the first attempt was, also if another value was told meanwhile. */
      readonly since: number;
      readonly refusedSince: number | null;
      /** It was unconfirmed before this attempt. */
      readonly unanswered: boolean;
    }
  | { readonly kind: "refused"; readonly value: V; readonly at: number; readonly refusedSince: number }
  | { readonly kind: "unconfirmed"; readonly value: V; readonly at: number }
  | { readonly kind: "confirmed"; readonly value: V; readonly at: number }
  /** It was confirmed, and then something else set it. */
  | { readonly kind: "overwritten"; readonly value: V; readonly at: number; readonly by: V };

/** The pauses between the attempts; then it is waited until so long after the first one. */
const pauseMs = [5_000, 10_000, 20_000, 40_000] as const;
const giveUpMs = 135_000;
const againAfterRefusalMs = 10_000;
/** After giving up, and after something else wrote: slowly, so that two writers never race each other. */
const againAfterSilenceMs = 290_000;
const againAfterOverwriteMs = 30_000;

/** Whether the firmware's value is the one that was told; it keeps floats, so 20.600000 may be 20.599998. */
export function sameValue(a: number | string, b: number | string | null): boolean {
  return typeof a === "number" && typeof b === "number" ? Math.abs(a - b) < 0.05 : a === b;
}

/** What is known of a told value when the firmware's own state is `standing` (null: not known). */
export function observe<V extends number | string>(
  told: SentCommand<V>,
  standing: V | null,
  at: number,
): SentCommand<V> {
  if (told.kind === "nothing" || told.kind === "refused") return told;
  const { value } = told;
  if (sameValue(value, standing)) return told.kind === "confirmed" ? told : { kind: "confirmed", value, at: told.at };
  if (told.kind === "confirmed") {
    return standing === null ? told : { kind: "overwritten", value, at: told.at, by: standing };
  }
  const givenUp = told.kind === "waiting" && passed(told.since, at, giveUpMs);
  return givenUp ? { kind: "unconfirmed", value, at: told.at } : told;
}

/** Whether the firmware should hear a value again that it was told before. */
export function isDue<V extends number | string>(told: SentCommand<V>, at: number): boolean {
  switch (told.kind) {
    case "nothing":
      return true;
    case "waiting": {
      const ms = pauseMs[told.attempt - 1];
      return ms !== undefined && passed(told.at, at, ms);
    }
    case "refused":
      return passed(told.at, at, againAfterRefusalMs);
    case "unconfirmed":
      return passed(told.at, at, againAfterSilenceMs);
    case "overwritten":
      return passed(told.at, at, againAfterOverwriteMs);
    case "confirmed":
      return false;
  }
}

/** After telling; until it is confirmed each is a further attempt, whatever the value. */
export function send<V extends number | string>(told: SentCommand<V>, value: V, at: number): SentCommand<V> {
  const waiting = told.kind === "waiting";
  return {
    kind: "waiting",
    value,
    at,
    attempt: waiting ? told.attempt + 1 : 1,
    since: waiting ? told.since : at,
    refusedSince: waiting || told.kind === "refused" ? told.refusedSince : null,
    unanswered: told.kind === "unconfirmed" || (waiting && told.unanswered),
  };
}

/** After the command did not leave, as far as is known: what was confirmed meanwhile stays so. */
export function refuse<V extends number | string>(told: SentCommand<V>, value: V, at: number): SentCommand<V> {
  if (told.kind !== "waiting") return told;
  return { kind: "refused", value, at, refusedSince: told.refusedSince ?? at };
}

/** Whether so much time has passed; a clock that was set back never makes anything wait for longer than that. */
export function passed(since: number, at: number, ms: number): boolean {
  return at < since || at - since >= ms;
}
