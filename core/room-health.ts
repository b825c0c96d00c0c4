/** What Home Assistant says of a room now; times in ms since the epoch. */
export type RoomObservation =
  | {
      readonly kind: "temperature";
      /** As the room's device tells it, before scale and offset. */
      readonly temperatureC: number;
      /** What the room shall have; "off" where its thermostat asks for nothing, null where it has no set-point. */
      readonly setpointC: number | "off" | null;
      /** When the device last said anything, also the same temperature again. */
      readonly reportedAt: number;
    }
  | {
      readonly kind: "none";
      /** Why there is no temperature; a sentence whose subject is the room. */
      readonly reason: string;
    };

/** How a room's temperature is corrected: `told * scale + offsetK`. */
export type RoomCorrection = { readonly scale: number; readonly offsetK: number };

export type RoomLimits = {
  readonly minC: number;
  readonly maxC: number;
  readonly maxAgeMs: number;
  /** A step above this is not believed until it is confirmed. */
  readonly jumpK: number;
};

export const defaultRoomLimits: RoomLimits = { minC: 5, maxC: 35, maxAgeMs: 60 * 60_000, jumpK: 3 };

/** Whether a room's temperature may be used; `acceptedC` is the last one that was. Reasons have the room as subject. */
export type RoomHealth =
  | { readonly state: "good"; readonly acceptedC: number; readonly setpointC: number | "off" | null }
  | {
      readonly state: "jumped";
      readonly acceptedC: number;
      readonly toC: number;
      readonly since: number;
      /** How often it was reported again since, near `toC`. */
      readonly reports: number;
      readonly reportedAt: number;
      readonly reason: string;
    }
  | { readonly state: "bad"; readonly acceptedC: number | null; readonly reason: string };

export const unheardRoom: RoomHealth = { state: "bad", acceptedC: null, reason: "has not been heard yet" };

/** A jump is believed when it stayed for this long, */
const confirmMs = 10 * 60_000;
/** or for this long with that many further reports, */
const earlyConfirmMs = 2 * 60_000;
const earlyReports = 2;
/** each this near to where it jumped. */
const stayK = 1;
/** A clock that is this much behind Home Assistant's is no reason to distrust a room. */
const futureMs = 5 * 60_000;

/**
 * A room's health after an observation, also the same one again as time goes on (`at` in ms since the epoch).
 * Used are only finite temperatures inside the limits, reported lately, that did not jump: a step above `jumpK` from the
 * last accepted temperature is held until it stayed within 1 °C for 10 minutes, or for 2 minutes with two more reports.
 */
export function nextRoomHealth(
  health: RoomHealth,
  observation: RoomObservation,
  at: number,
  correction: RoomCorrection,
  limits: RoomLimits,
): RoomHealth {
  const { acceptedC } = health;
  if (observation.kind === "none") return { state: "bad", acceptedC, reason: observation.reason };
  const ageMs = at - observation.reportedAt;
  if (!(ageMs >= -futureMs)) {
    return { state: "bad", acceptedC, reason: "was last reported in the future (check the clocks)" };
  }
  if (ageMs > limits.maxAgeMs) {
    return { state: "bad", acceptedC, reason: `has not reported for over ${minutesText(limits.maxAgeMs)}` };
  }
  const temperatureC = correctedC(observation.temperatureC, correction);
  if (!(temperatureC >= limits.minC && temperatureC <= limits.maxC)) {
    return { state: "bad", acceptedC, reason: outsideReason(temperatureC, limits) };
  }
  if (acceptedC === null || Math.abs(temperatureC - acceptedC) <= limits.jumpK) {
    return good(temperatureC, observation.setpointC, correction, limits);
  }
  const jump = nextJump(health, acceptedC, temperatureC, observation.reportedAt, at);
  const stayedMs = at - jump.since;
  const confirmed = stayedMs >= confirmMs || (stayedMs >= earlyConfirmMs && jump.reports >= earlyReports);
  return confirmed ? good(temperatureC, observation.setpointC, correction, limits) : jump;
}

export function correctedC(temperatureC: number, { scale, offsetK }: RoomCorrection): number {
  return temperatureC * scale + offsetK;
}

function good(
  temperatureC: number,
  setpointC: number | "off" | null,
  { scale }: RoomCorrection,
  { minC, maxC }: RoomLimits,
): RoomHealth {
  if (typeof setpointC !== "number") return { state: "good", acceptedC: temperatureC, setpointC };
  const scaled = setpointC * scale;
  return { state: "good", acceptedC: temperatureC, setpointC: scaled >= minC && scaled <= maxC ? scaled : null };
}

function nextJump(health: RoomHealth, acceptedC: number, toC: number, reportedAt: number, at: number) {
  if (health.state === "jumped" && Math.abs(toC - health.toC) <= stayK) {
    // A clock set back must not make the wait longer than it is.
    const since = Math.min(health.since, at);
    return { ...health, since, reportedAt, reports: health.reports + (reportedAt > health.reportedAt ? 1 : 0) };
  }
  const reason = `jumped from ${acceptedC.toFixed(1)} to ${toC.toFixed(1)} °C, which has yet to be confirmed`;
  return { state: "jumped" as const, acceptedC, toC, since: at, reports: 0, reportedAt, reason };
}

function outsideReason(temperatureC: number, { minC, maxC }: RoomLimits): string {
  if (!Number.isFinite(temperatureC)) return "tells no number";
  const halfC = temperatureC / 2;
  const hint =
    temperatureC > maxC && halfC >= 12 && halfC <= 30
      ? "; if it tells twice the temperature, set its scale to 0.5"
      : "";
  return `tells ${temperatureC.toFixed(1)} °C, outside ${minC} to ${maxC} °C${hint}`;
}

function minutesText(ms: number): string {
  return `${Math.round(ms / 60_000)} min`;
}
