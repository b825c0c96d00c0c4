import { silenceS } from "../catalogue/points.ts";
import { minuteMs, secondMs } from "../time/durations.ts";

/** Whether a device is there: by its status topic, and by what it publishes. Times in ms since the epoch. */
export type Presence = {
  /** The last value of the status topic; null where there was none, or it was overruled. */
  online: boolean | null;
  /** Whether the device keeps publishing although its status topic says offline. */
  isStatusWrong: boolean;
  /** Whether anything came live since the device was last offline or silent, and when the first of it came. */
  isPublishing: boolean;
  publishingSince: number;
  lastLiveAt: number;
  /** Whether the states that are published on change only are confirmed to be current. */
  isConfirmed: boolean;
};

/** A reconnecting device sends all its states within a second; it polls the heat pump every 10.5 s. */
const settledMs = 15 * secondMs;
/** The last will of an earlier connection may come late, but then the device keeps publishing. */
const overruledMs = minuteMs;

/** The presence of a device that nothing is known of. */
export function newPresence(): Presence {
  return {
    online: null,
    isStatusWrong: false,
    isPublishing: false,
    publishingSince: Number.NEGATIVE_INFINITY,
    lastLiveAt: Number.NEGATIVE_INFINITY,
    isConfirmed: false,
  };
}

/** Whether the device is online; without a status topic whether it published lately; null before it did anything. */
export function isOnline(presence: Presence, at: number): boolean | null {
  return presence.online ?? (presence.lastLiveAt === Number.NEGATIVE_INFINITY ? null : !isSilent(presence, at));
}

/** Whether nothing has come live for longer than the firmware ever pauses. */
export function isSilent({ lastLiveAt }: Presence, at: number): boolean {
  return Math.abs(at - lastLiveAt) > silenceS * 1000;
}

/** Whether a device that came back has had the time to send again what it publishes on change only. */
export function isSettled({ online, publishingSince }: Presence, at: number): boolean {
  return online ?? Math.abs(at - publishingSince) >= settledMs;
}

/** Starts over after a silence, or when the device went offline. */
export function stopPublishing(presence: Presence): void {
  presence.isConfirmed = false;
  presence.isPublishing = false;
}

/** Notes a live message. True where it overrules the status topic, which has been saying offline for too long. */
export function noteLiveMessage(presence: Presence, at: number): boolean {
  if (!presence.isPublishing) presence.publishingSince = at;
  presence.isPublishing = true;
  presence.lastLiveAt = at;
  if (presence.online !== false || Math.abs(at - presence.publishingSince) < overruledMs) return false;
  presence.online = null;
  presence.isStatusWrong = true;
  return true;
}
