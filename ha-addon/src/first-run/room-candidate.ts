import { round } from "@heatloop/core/math/rounding";
import { median } from "@heatloop/core/math/theil-sen";
import { correctedC } from "@heatloop/core/room-feed/room-health";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import { wrongScale } from "@heatloop/core/room-feed/room-scale";
import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { TemperatureUnit } from "../home-assistant/config.ts";
import type { RegisteredEntity } from "../home-assistant/registries.ts";
import type { StateNow } from "../home-assistant/states-now.ts";
import { type RoomReading, readRoom } from "../room-feed/observation.ts";
import type { RoomFeedSetting } from "../settings/room-feed-settings.ts";
import { type NotARoom, notARoom, plainText } from "./not-a-room.ts";

/** What makes a room's temperature doubtful, with its figures. */
export type RoomSuspicion =
  | {
      readonly code: "reads_double" | "reads_tenfold" | "reads_half" | "far_from_others";
      readonly temperatureC: number;
    }
  | { readonly code: "outside_limits"; readonly temperatureC: number; readonly minC: number; readonly maxC: number }
  | { readonly code: "constant"; readonly hours: number }
  | { readonly code: "silent"; readonly minutes: number };

/** Why a temperature is not offered as a room's. */
export type WhyNotOffered = NotARoom | "hidden" | "diagnostic" | "no_temperature";

/** A temperature of Home Assistant that may be a room's. */
export type RoomCandidate = {
  readonly entity: string;
  readonly name: string;
  /** Of Home Assistant; null where it is in none. */
  readonly area: string | null;
  /** With the suggested scale, °C; null: there is none. */
  readonly temperatureC: number | null;
  /** As Home Assistant has it, in its unit. */
  readonly rawValue: number | string | null;
  readonly unit: string | null;
  readonly ageS: number | null;
  readonly offered: boolean;
  readonly notOffered: WhyNotOffered | null;
  /** Why there is no temperature; null where there is one. */
  readonly reason: RoomReason | null;
  readonly suspicions: readonly RoomSuspicion[];
  /** What its temperature is to be multiplied by. */
  readonly suggestedScale: number;
  /** Whether it is a good choice without a person's looking: of its area the best one, and nothing is odd but the scale. */
  readonly chosen: boolean;
};

export type CandidateContext = {
  readonly at: number;
  readonly unit: TemperatureUnit | undefined;
  readonly limits: RoomFeedSetting;
  readonly registered: (entity: string) => RegisteredEntity;
  /** Prefixes and names of the known heat pumps, and ids of their devices in Home Assistant. */
  readonly heatPumps: readonly string[];
};

/** Whether an entity has a temperature that could be a room's at all. */
export function hasTemperature(entity: string, attributes: Readonly<Record<string, unknown>>): boolean {
  if (entity.startsWith("climate.")) return true;
  return entity.startsWith("sensor.") && attributes.device_class === "temperature";
}

type Read = { readonly state: StateNow; readonly reading: RoomReading; readonly entry: RegisteredEntity };

/** The candidates, best first: with an area before those without, those not offered last; each area's together. */
export function roomCandidates(states: readonly StateNow[], context: CandidateContext): readonly RoomCandidate[] {
  const read = states.map((state) => ({
    state,
    reading: readRoom(state.entity, state, context.unit),
    entry: context.registered(state.entity),
  }));
  const scales = new Map(read.map((each) => [each, scaleOf(each, context.limits)]));
  const offered = read.filter((each) => whyNotOffered(each, context) === null);
  const others = offered.map((each) => ({ each, temperatureC: correctedOf(each, scales.get(each) ?? 1) }));
  const relative = wrongScaleOf(others.map(({ temperatureC }) => temperatureC));
  const relations = new Map(others.map(({ each }, index) => [each, relative[index] ?? null]));
  const candidates = read.map((each) => candidateOf(each, scales.get(each) ?? 1, relations.get(each) ?? null, context));
  return choose(candidates.sort(better), read);
}

/** With two rooms it is not clear which one is wrong, so none is suspected. */
function wrongScaleOf(temperaturesC: readonly (number | null)[]): readonly (RoomReason | null)[] {
  const known = temperaturesC.filter((each) => each !== null);
  return known.length < 3 || median(known) === null ? temperaturesC.map(() => null) : wrongScale(temperaturesC);
}

function candidateOf(read: Read, scale: number, relation: RoomReason | null, context: CandidateContext): RoomCandidate {
  const { state, reading, entry } = read;
  const { observation } = reading;
  const notOffered = whyNotOffered(read, context);
  const relativeScale =
    scale !== 1 ? 1 : relation?.code === "twice_others" ? 0.5 : relation?.code === "half_of_others" ? 2 : 1;
  const suggestedScale = scale * relativeScale;
  const temperatureC = correctedOf(read, suggestedScale);
  const reportedC = observation.kind === "temperature" ? observation.temperatureC : null;
  return {
    entity: state.entity,
    name: reading.name ?? state.entity,
    area: entry.area,
    temperatureC: temperatureC === null ? null : round(temperatureC, 1),
    rawValue: reading.rawValue,
    unit: unitOf(state, context.unit),
    ageS:
      observation.kind === "temperature"
        ? Math.max(0, Math.round((context.at - observation.reportedAt) / secondMs))
        : null,
    offered: notOffered === null,
    notOffered,
    reason: observation.kind === "none" ? observation.reason : null,
    suspicions: reportedC === null ? [] : suspicionsOf(read, { scale, relation, reportedC }, context),
    suggestedScale,
    chosen: false,
  };
}

/** Half or a tenth of it is a room's temperature, and it is none itself: as some thermostats report. */
function scaleOf({ reading: { observation } }: Read, limits: RoomFeedSetting): 1 | 0.5 | 0.1 {
  if (observation.kind === "none" || observation.temperatureC <= limits.max_c) return 1;
  for (const scale of [0.5, 0.1] as const) {
    const scaledC = observation.temperatureC * scale;
    if (scaledC >= ordinaryRoomC.least && scaledC <= ordinaryRoomC.most) return scale;
  }
  return 1;
}

/** Of lived-in rooms and of idle ones. Chosen. */
const ordinaryRoomC = { least: 12, most: 30 };

function correctedOf({ reading: { observation } }: Read, scale: number): number | null {
  return observation.kind === "none" ? null : correctedC(observation.temperatureC, { scale, offsetK: 0 });
}

function unitOf({ entity, attributes }: StateNow, unit: TemperatureUnit | undefined): string | null {
  const own = entity.startsWith("sensor.") ? attributes.unit_of_measurement : undefined;
  return typeof own === "string" ? own : (unit ?? null);
}

function suspicionsOf(
  { state }: Read,
  { scale, relation, reportedC }: { scale: number; relation: RoomReason | null; reportedC: number },
  { at, limits }: CandidateContext,
): readonly RoomSuspicion[] {
  const temperatureC = round(reportedC, 1);
  const found: RoomSuspicion[] = [];
  const isOutside = reportedC < limits.min_c || reportedC > limits.max_c;
  if (scale === 0.5) found.push({ code: "reads_double", temperatureC });
  else if (scale === 0.1) found.push({ code: "reads_tenfold", temperatureC });
  else if (isOutside) found.push({ code: "outside_limits", temperatureC, minC: limits.min_c, maxC: limits.max_c });
  else if (relation?.code === "twice_others") found.push({ code: "reads_double", temperatureC });
  else if (relation?.code === "half_of_others") found.push({ code: "reads_half", temperatureC });
  else if (relation !== null) found.push({ code: "far_from_others", temperatureC });
  const silentMin = Math.floor((at - state.lastReported) / minuteMs);
  const constantH = Math.floor((at - state.unchangedSince) / hourMs);
  if (silentMin > limits.max_age_min) found.push({ code: "silent", minutes: silentMin });
  else if (at - state.unchangedSince >= dayMs) found.push({ code: "constant", hours: constantH });
  return found;
}

function whyNotOffered({ state, reading, entry }: Read, { heatPumps }: CandidateContext): WhyNotOffered | null {
  const names = [state.entity.replace(/^\w+\./, ""), reading.name ?? "", entry.area ?? ""];
  const whole = plainText([...names, entry.deviceText].join(" "));
  if (isOfHeatPump(entry, whole, heatPumps)) return "heat_pump";
  const why = notARoom(names) ?? (notARoom([entry.deviceText]) === "heat_pump" ? "heat_pump" : null);
  if (why !== null) return why;
  if (entry.isHidden) return "hidden";
  if (entry.category !== null) return "diagnostic";
  // One that is away for a moment is offered; a thermostat that knows no temperature is not.
  if (reading.observation.kind === "none" && lasting.has(reading.observation.reason.code)) return "no_temperature";
  return null;
}

const lasting: ReadonlySet<RoomReason["code"]> = new Set(["no_current_temperature", "no_number", "other_unit"]);

function isOfHeatPump(entry: RegisteredEntity, names: string, heatPumps: readonly string[]): boolean {
  if (entry.deviceIdentifiers.some((id) => id.startsWith("heatloop_"))) return true;
  return heatPumps.some((each) => plainText(each).length > 2 && `_${names}_`.includes(`_${plainText(each)}_`));
}

function better(a: RoomCandidate, b: RoomCandidate): number {
  return (
    Number(b.offered) - Number(a.offered) ||
    Number(a.area === null) - Number(b.area === null) ||
    (a.area ?? "").localeCompare(b.area ?? "") ||
    Number(isSensor(a)) - Number(isSensor(b)) ||
    a.name.localeCompare(b.name) ||
    a.entity.localeCompare(b.entity)
  );
}

function isSensor({ entity }: RoomCandidate): boolean {
  return entity.startsWith("sensor.");
}

/** Chooses the first of each area that nothing speaks against, and of each device only one. */
function choose(candidates: readonly RoomCandidate[], read: readonly Read[]): readonly RoomCandidate[] {
  const deviceOf = new Map(read.map(({ state, entry }) => [state.entity, entry.device]));
  const taken = new Set<string>();
  return candidates.map((candidate) => {
    const { entity, area, offered, temperatureC, suspicions } = candidate;
    const device = deviceOf.get(entity);
    const keys = [`area ${area}`, ...(device ? [`device ${device}`] : [])];
    const isFine = suspicions.every(({ code }) => code === "reads_double" || code === "reads_tenfold");
    if (!offered || area === null || temperatureC === null || !isFine) return candidate;
    if (keys.some((key) => taken.has(key))) return candidate;
    for (const key of keys) taken.add(key);
    return { ...candidate, chosen: true };
  });
}
