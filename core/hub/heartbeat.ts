/** How often a node tells that it lives, ms. */
export const heartbeatEachMs = 60_000;
/** After so long a silence, ms, a node is OFFLINE. */
export const offlineAfterMs = 300_000;
/** Beyond it, s, a clock is wrong, and so are the times that come with it. */
export const clockIsOffAboveS = 60;

/** What a node tells of itself every minute; null: it does not know. Times are ISO 8601. */
export type Heartbeat = {
  /** Of Heatloop. */
  readonly version: string;
  readonly os_version: string | null;
  /** Since Heatloop was started. */
  readonly uptime_s: number;
  /** When the machine was started. */
  readonly last_reboot_at: string | null;
  /** Where the archive and the data are written. */
  readonly disk_free_bytes: number | null;
  /** What Heatloop takes. */
  readonly memory_bytes: number | null;
  /** The node's own time, by the clock that its rows are dated by. */
  readonly clock_at: string;
};
