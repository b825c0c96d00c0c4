/** What the room watchdog on the ESP32 reports of a zone (esphome/room_watchdog.h); null is not known. */
export type WatchdogReport = {
  /** `silent`: it uses the own thermostat, as no temperature came; `returning`: not long enough again. */
  readonly state: string | null;
  /** Why it did not take the last temperature; `none` where it did. */
  readonly refused: string | null;
  /** Who feeds, and who tried to as well within the last hour: a name, `unnamed`, or `none`. */
  readonly feeder: string | null;
  readonly secondFeeder: string | null;
};

/** The name by which the watchdog knows this feed. */
export const feederName = "Heatloop";

/** Whether the own thermostat is in use because of the watchdog. */
export function usesOwnByWatchdog(report: WatchdogReport | null): boolean {
  return report?.state === "silent" || report?.state === "returning";
}

/** Someone else whose temperatures are taken in place of ours; null where there is none. */
export function otherFeeder(report: WatchdogReport | null): string | null {
  const feeder = report?.feeder ?? "none";
  return feeder === "none" || feeder === "unnamed" || feeder === feederName ? null : feeder;
}

/** Someone else who also sends temperatures, which are not taken; `unnamed` says no name, null: there is none. */
export function secondFeeder(report: WatchdogReport | null): string | null {
  const second = report?.secondFeeder ?? "none";
  return second === "none" || second === feederName ? null : second;
}
