import { dayMs, hourMs } from "@heatloop/core/time/durations";
import type { KeptSession } from "./access-file.ts";
import { digestOf, newId, newSecret } from "./secret.ts";

/** A session ends so long after it began, whatever happens. */
export const longestSessionMs = 30 * dayMs;
/** A session that is not used ends. */
const idleSessionMs = 12 * hourMs;
/** One that begins in the future is of a clock that was wrong; so much can be a clock that was set. */
const clockMayDifferMs = dayMs;
/** More than a household has browsers; beyond it the one that was not used for longest ends. */
const mostSessions = 100;

/** A session that begins now, and the secret that its owner shows. */
export function newSession(now: number): { readonly session: KeptSession; readonly secret: string } {
  const secret = newSecret();
  return { session: { id: newId(), digest: digestOf(secret), created: now, last_seen: now }, secret };
}

/** Whether its time is over. `now` in ms since the epoch. */
export function isOver({ created, last_seen: lastSeen }: KeptSession, now: number): boolean {
  return now - created >= longestSessionMs || now - lastSeen >= idleSessionMs || created - now > clockMayDifferMs;
}

/** Those whose time is not over, at most a hundred. */
export function livingSessions(sessions: readonly KeptSession[], now: number): KeptSession[] {
  const living = sessions.filter((session) => !isOver(session, now));
  return living.sort((a, b) => b.last_seen - a.last_seen).slice(0, mostSessions);
}
