import { numberIn, rowsBetween, type SeenMinute } from "../energy/timeline.ts";
import { minuteMs } from "../time/durations.ts";
import type { StopEvidence } from "./cycle-cause.ts";
import type { CompressorSpan } from "./runs.ts";

/** What ends a run is seen in the rows within this of its stop: a poll takes 10.5 s, a row a minute. Chosen. */
const aroundMs = 3 * minuteMs;
/** A flow target that came down up to this long before the stop is its cause: the flow needs minutes to cross it. Chosen. */
const targetBeforeMs = 10 * minuteMs;
/** Seconds of a row are counted by the program's clock, the firmware's events by their arrival. */
const clockSlackS = 3;
/** The compressor is only published with each poll of the heat pump (10.5 s), the lock-out at once. */
const pollSlackS = 15;
const noFault = "No error";

/** The evidence in the rows around the stop of a run; `minutes` in order of time, `run` of these. */
export function stopEvidence(minutes: readonly SeenMinute[], run: CompressorSpan): StopEvidence {
  const between = (from: number, to: number) => rowsBetween(minutes, from, to);
  // A run that midnight cut goes back further than its part.
  const from = run.startSeen ? run.from : Number.NEGATIVE_INFINITY;
  const before = between(Math.max(from, run.to - aroundMs), run.to);
  const after = between(run.to, run.to + aroundMs);
  const around = [...before, ...after.filter((minute) => !before.includes(minute))];
  const cooling = secondsIn(before, "cooling_s") > 0;
  return {
    flowPastTargetK: pastTarget(between(run.to - 2 * minuteMs, run.to), cooling),
    targetMovedK: targetMoved(between(Math.max(from, run.to - targetBeforeMs), run.to + minuteMs), cooling),
    nothingWanted: after.some(({ points }) => points.operation_mode === "off") || thermostatWentOff(before, after),
    ...lockouts(before, after, run),
    changedOver:
      secondsIn(around, "hot_water_s") > 0 || around.some(({ points }) => points.operation_mode === "hot_water"),
    defrosted: secondsIn(before, "defrost_s") > 0,
    fault: around.some(({ points }) => typeof points.fault_code === "string" && points.fault_code !== noFault),
    setByHand: wasSet(around, cooling),
  };
}

function secondsIn(minutes: readonly SeenMinute[], of: "hot_water_s" | "defrost_s" | "cooling_s"): number {
  return minutes.reduce((sum, { figures }) => sum + (figures[of] ?? 0), 0);
}

/** The set-point that controls the flow, °C: that of the running zone; of two zones the one that asks for more. */
export function flowTargetC(minute: SeenMinute, cooling: boolean): number | null {
  const zones = { zone_1: numberIn(minute, "zone_1_flow_setpoint"), zone_2: numberIn(minute, "zone_2_flow_setpoint") };
  const atWork = minute.points.multi_zone_status;
  if (atWork === "zone_1" || atWork === "zone_2") return zones[atWork];
  const set = Object.values(zones).filter((value) => value !== null && value > 0) as number[];
  if (set.length === 0) return null;
  return cooling ? Math.min(...set) : Math.max(...set);
}

function pastTarget(minutes: readonly SeenMinute[], cooling: boolean): number | null {
  let farthestK: number | null = null;
  for (const minute of minutes) {
    const flowC = numberIn(minute, "flow_temperature");
    const targetC = flowTargetC(minute, cooling);
    if (flowC === null || targetC === null) continue;
    const pastK = cooling ? targetC - flowC : flowC - targetC;
    if (farthestK === null || pastK > farthestK) farthestK = pastK;
  }
  return farthestK;
}

function targetMoved(minutes: readonly SeenMinute[], cooling: boolean): number {
  const targets = minutes.map((minute) => flowTargetC(minute, cooling)).filter((value) => value !== null);
  const [first, last] = [targets[0], targets.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return cooling ? last - first : first - last;
}

/** The contact of a room thermostat; where none is wired it is always off. */
function thermostatWentOff(before: readonly SeenMinute[], after: readonly SeenMinute[]): boolean {
  const wasOn = before.some((minute) => (numberIn(minute, "in1_thermostat") ?? 0) > 0);
  return wasOn && after.some((minute) => numberIn(minute, "in1_thermostat") === 0);
}

/** In the minutes of the start and the stop, the seconds show whether the lock-out was on during the run. */
function lockouts(
  before: readonly SeenMinute[],
  after: readonly SeenMinute[],
  run: CompressorSpan,
): { readonly lockedBefore: boolean; readonly lockedAfter: boolean } {
  const lockedS = (minute: SeenMinute) => numberIn(minute, "short_cycle_lockout") ?? 0;
  const lockedBefore = before.some((minute) => {
    const beforeRunS = Math.max(0, (run.from - minute.at) / 1000);
    const afterRunS = Math.max(0, (minute.at + minuteMs - run.to) / 1000);
    return lockedS(minute) > beforeRunS + afterRunS + pollSlackS;
  });
  return { lockedBefore, lockedAfter: after.some((minute) => lockedS(minute) > 0) };
}

function wasSet(minutes: readonly SeenMinute[], cooling: boolean): boolean {
  const first = minutes[0];
  const last = minutes.at(-1);
  if (first === undefined || last === undefined) return false;
  if (minutes.some((minute) => (numberIn(minute, "heat_pump_power") ?? 60) < 60 - clockSlackS)) return true;
  for (const zone of [1, 2] as const) {
    const mode = [first, last].map(({ points }) => points[`zone_${zone}_operating_mode`] ?? null);
    if (mode[0] !== null && mode[1] !== null && mode[0] !== mode[1]) return true;
    const setC = [first, last].map((minute) => numberIn(minute, `zone_${zone}_room_setpoint`));
    const [fromC, toC] = setC as [number | null, number | null];
    if (fromC !== null && toC !== null && (cooling ? toC > fromC : toC < fromC)) return true;
  }
  return false;
}
