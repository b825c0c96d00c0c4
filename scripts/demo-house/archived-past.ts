import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { typedArchive } from "@heatloop/ha-addon/archive/archive";
import type { HomeAssistantState, TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { type Past, type PastState, recordPast } from "./recorded-past.ts";

type Archive = Pick<ReturnType<typeof typedArchive>, "minutes" | "transitions">;
type PastOfPoint = Past & { readonly point: PointId; readonly states: PastState[] };

/** The recorder keeps states for ten days, and would throw away older ones at night. */
const statesDays = 9;
/** A number is written as often as this though it has not changed, so that each period of the statistics has one. */
const eachMs = 5 * minuteMs;
/** An entity that is not a point, and whose past is that of one. */
const likePoints = { room_feed_zone_1_sent: "zone_1_room_temperature" } as const;
/** Of device classes whose units can be converted; both have the same name. */
const unitClasses = ["temperature", "temperature_delta", "power", "frequency", "volume_flow_rate", "duration"];
const entityOf = (device: string, id: string) => `heatloop_${device}_${id}`;

/**
 * Writes what an archive knows of a heat pump into the recorder of a Home Assistant of this machine: numbers and switches
 * of the minute log up to `to` (ms since the epoch), and its operation, for the entities that Home Assistant has.
 */
export async function recordArchive(
  home: Pick<TestHomeAssistant, "folder" | "states" | "entityRegistry" | "callService">,
  {
    archive,
    device,
    to,
    meter,
  }: {
    readonly archive: Archive;
    readonly device: string;
    readonly to: number;
    /** An entity of the household that measures the heat pump's electric power. */
    readonly meter?: string;
  },
): Promise<void> {
  const states = new Map((await home.states()).map((state) => [state.entity_id, state]));
  const registered = (await home.entityRegistry()).map(({ unique_id: id, entity_id }) => [id, states.get(entity_id)]);
  const entities = new Map(registered as [string, HomeAssistantState | undefined][]);
  const pasts = pastsOf(device, entities);
  const heat = powerPast(entities.get(entityOf(device, "heat_power")));
  const electricity = [
    powerPast(entities.get(entityOf(device, "electric_power"))),
    powerPast(meter === undefined ? undefined : states.get(meter)),
  ];
  const wattsOf = electricPower();
  for await (const { at, points, figures } of archive.minutes(device, 0, to)) {
    for (const { point, states } of pasts) take(states, at, stateOf(point, points[point]));
    take(heat.states, at, figures.heat_wh === null ? undefined : String(Math.round(figures.heat_wh * 60)));
    const watts = wattsOf(at, figures.electricity_wh);
    for (const { states } of electricity) take(states, at, watts);
  }
  const operation: PastState[] = [];
  for await (const edge of archive.transitions(device, 0, to)) {
    if (edge.kind === "operation") operation.push({ at: edge.at, state: edge.to ?? "unknown" });
  }
  const entityId = entities.get(entityOf(device, "operation"))?.entity_id ?? "";
  const powers = [heat, ...electricity].filter(({ entityId }) => entityId !== "");
  recordPast(home.folder, [...pasts, ...powers, { entityId, states: operation, mean: undefined }], to, statesDays);
  // How far back its states go, the recorder looks up only then; before, it has no history of that time.
  await home.callService("recorder", "purge", { keep_days: statesDays + 1 });
}

function pastsOf(device: string, entities: ReadonlyMap<string, HomeAssistantState | undefined>): PastOfPoint[] {
  const wanted = [...loggedPoints.map((point) => [point, point] as const), ...Object.entries(likePoints)];
  return wanted.flatMap(([id, point]) => {
    const state = entities.get(entityOf(device, id));
    if (state === undefined || quantities[pointOf(point).quantity].kind === "text") return [];
    const mean = state.attributes.state_class === "measurement" ? unitOf(state.attributes) : undefined;
    return [{ entityId: state.entity_id, point, states: [], mean }];
  });
}

function powerPast(state: HomeAssistantState | undefined): Past & { readonly states: PastState[] } {
  const mean = { unit: "W", unitClass: "power" };
  return { entityId: state?.entity_id ?? "", states: [], mean };
}

/** The mean power between the last two steps of the counter, as Heatloop's entity has it: W at each step. */
function electricPower(): (at: number, electricityWh: number | null) => string | undefined {
  let lastStep: number | undefined;
  return (at, electricityWh) => {
    if (electricityWh === null || electricityWh === 0) return undefined;
    const from = lastStep;
    lastStep = at;
    return from === undefined ? undefined : String(Math.round((electricityWh * hourMs) / (at - from)));
  };
}

function unitOf({ unit_of_measurement: unit, device_class: deviceClass }: HomeAssistantState["attributes"]) {
  const unitClass = unitClasses.find((name) => name === deviceClass) ?? null;
  return { unit: typeof unit === "string" ? unit : null, unitClass };
}

/** What Home Assistant would have had for a minute's value; undefined: nothing is known, or not in its words. */
function stateOf(point: PointId, value: unknown): string | undefined {
  if (typeof value !== "number") return undefined;
  const { log, quantity, decimals = quantities[quantity].decimals } = pointOf(point);
  // Seconds of the minute in which it was on.
  return log === "on" ? (value >= 30 ? "on" : "off") : String(Number(value.toFixed(decimals)));
}

function take(states: PastState[], at: number, state: string | undefined): void {
  const last = states.at(-1);
  if (state === undefined) return;
  const isSwitch = state === "on" || state === "off";
  if (last?.state !== state || (!isSwitch && at - last.at >= eachMs)) states.push({ at, state });
}
