import { passed } from "../time/durations.ts";

/**
 * The last command to one number or select of the firmware, and whether it took it; `at` is when it was last sent, ms
 * since the epoch. `refused`: the command did not leave; `unconfirmed`: it was sent often enough, and not confirmed.
 */
export type SentCommand<V extends number | string> =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "waiting";
      readonly value: V;
      readonly at: number;
      readonly attempt: number;
      /** When the first attempt was, also if another value was sent meanwhile. */
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

/**
 * The pauses between the attempts; it is given up this long after the first one. The firmware polls every 10.5 s and repeats
 * a command to the heat pump up to 30 times, once a second, so all of it is longer than what it takes. Chosen.
 */
const pauseMs = [5_000, 10_000, 20_000, 40_000] as const;
const giveUpMs = 135_000;
/** A command that did not leave may be sent again soon: nothing was written. Chosen. */
const againAfterRefusalMs = 10_000;
/** After giving up, and after something else wrote: slowly, so that two writers never race each other. Chosen. */
const againAfterSilenceMs = 290_000;
const againAfterOverwriteMs = 30_000;

/** Half the step of 0.1 in which values are sent. */
const halfStep = 0.05;

/** Whether the firmware's value is the one that was sent; it keeps floats, so 20.600000 may be 20.599998. */
export function sameValue(a: number | string, b: number | string | null): boolean {
  return typeof a === "number" && typeof b === "number" ? Math.abs(a - b) < halfStep : a === b;
}

/** The command after the firmware's own state was observed as `current` (null: not known). */
export function observe<V extends number | string>(
  command: SentCommand<V>,
  current: V | null,
  at: number,
): SentCommand<V> {
  if (command.kind === "nothing" || command.kind === "refused") return command;
  const { value } = command;
  if (sameValue(value, current))
    return command.kind === "confirmed" ? command : { kind: "confirmed", value, at: command.at };
  if (command.kind === "confirmed") {
    return current === null ? command : { kind: "overwritten", value, at: command.at, by: current };
  }
  const givenUp = command.kind === "waiting" && passed(command.since, at, giveUpMs);
  return givenUp ? { kind: "unconfirmed", value, at: command.at } : command;
}

/** Whether a value should be sent to the firmware again. */
export function isDue<V extends number | string>(command: SentCommand<V>, at: number): boolean {
  switch (command.kind) {
    case "nothing":
      return true;
    case "waiting": {
      const ms = pauseMs[command.attempt - 1];
      return ms !== undefined && passed(command.at, at, ms);
    }
    case "refused":
      return passed(command.at, at, againAfterRefusalMs);
    case "unconfirmed":
      return passed(command.at, at, againAfterSilenceMs);
    case "overwritten":
      return passed(command.at, at, againAfterOverwriteMs);
    case "confirmed":
      return false;
  }
}

/** After sending; until it is confirmed each is a further attempt, whatever the value. */
export function send<V extends number | string>(command: SentCommand<V>, value: V, at: number): SentCommand<V> {
  const waiting = command.kind === "waiting";
  return {
    kind: "waiting",
    value,
    at,
    attempt: waiting ? command.attempt + 1 : 1,
    since: waiting ? command.since : at,
    refusedSince: waiting || command.kind === "refused" ? command.refusedSince : null,
    unanswered: command.kind === "unconfirmed" || (waiting && command.unanswered),
  };
}

/** After the command did not leave, as far as is known: what was confirmed meanwhile stays so. */
export function refuse<V extends number | string>(command: SentCommand<V>, value: V, at: number): SentCommand<V> {
  if (command.kind !== "waiting") return command;
  return { kind: "refused", value, at, refusedSince: command.refusedSince ?? at };
}
