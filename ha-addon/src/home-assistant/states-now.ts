import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import type { EntityState } from "./entity-state.ts";
import type { HomeAssistant } from "./home-assistant.ts";
import { lastMqttMessage, renderedReports, reportsMessage, skewOf } from "./last-reported.ts";
import type { RegisteredEntity } from "./registries.ts";

/** An entity as it is at the moment; `unchangedSince`: since when neither state nor attributes changed. */
export type StateNow = EntityState & { readonly entity: string; readonly unchangedSince: number };

const stateSchema = z.object({
  entity_id: z.string(),
  state: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  last_changed: z.string().default(""),
  last_updated: z.string().default(""),
});

type Source = Pick<HomeAssistant, "send" | "first">;

/**
 * The states of all entities that are wanted, each with when its device last reported, by Home Assistant's own
 * account of it (its states alone do not have it). Rejected where Home Assistant does not answer.
 */
export async function statesNow(
  homeAssistant: Source,
  clock: Clock,
  registered: (entity: string) => RegisteredEntity,
  wanted: (entity: string, attributes: Readonly<Record<string, unknown>>) => boolean,
): Promise<readonly StateNow[]> {
  const answer = z.array(z.unknown()).parse(await homeAssistant.send({ type: "get_states" }));
  const states = answer
    .flatMap((each) => stateSchema.safeParse(each).data ?? [])
    .filter(({ entity_id: entity, attributes }) => wanted(entity, attributes));
  const entities = states.map(({ entity_id: entity }) => entity);
  if (entities.length === 0) return [];
  const event = await homeAssistant.first(reportsMessage(entities)).catch(() => undefined);
  const reports = renderedReports(event, entities);
  const skewMs = reports === undefined ? 0 : skewOf(clock.now() - reports.renderedAt);
  return Promise.all(
    states.map(async ({ entity_id: entity, state, attributes, last_changed, last_updated }) => {
      const updatedAt = timeOf(last_updated);
      // A climate's temperature is an attribute: that one changed is in last_updated only.
      const changedAt = entity.startsWith("sensor.") ? timeOf(last_changed) : updatedAt;
      const known = Math.max(updatedAt, reports?.reportedAt.get(entity) ?? 0);
      const isSilent = clock.now() - skewMs - known > minuteMs;
      const arrivedAt = isSilent ? await mqttArrival(homeAssistant, entity, registered(entity)) : 0;
      const lastReported = Math.max(known, arrivedAt) + skewMs;
      return { entity, state, attributes, lastReported, unchangedSince: changedAt + skewMs };
    }),
  );
}

/** Entities of MQTT are not reported again while their value is the same: when their last message came, or 0. */
async function mqttArrival(homeAssistant: Source, entity: string, { platform, device }: RegisteredEntity) {
  if (platform !== "mqtt" || device === null) return 0;
  return (await lastMqttMessage(homeAssistant, entity, device).catch(() => null)) ?? 0;
}

function timeOf(text: string): number {
  const at = Date.parse(text);
  return Number.isFinite(at) ? at : 0;
}
