import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import type { Session } from "./session.ts";

/**
 * When entities were last reported, also with the same value: `last_reported` of a template, which Home Assistant
 * renders again each minute because of `utcnow()`. It is only available there: `subscribe_entities` does not
 * carry it, `get_states` and REST serve the text of the state's first reading, and `state_reported` events are refused
 * (core.py and websocket_api of 2026.11).
 */
const template = `{% set found = namespace(at=[]) %}{% for entity in entities %}{% set state = states[entity] %}\
{% set found.at = found.at + [as_timestamp(state.last_reported, 0) if state else 0] %}{% endfor %}\
{{ [as_timestamp(utcnow())] + found.at }}`;

/** Renders when entities were last reported; its events are read by `renderedReports`. */
export function reportsMessage(entities: readonly string[]) {
  return { type: "render_template", template, variables: { entities } };
}

const rendered = z.object({ result: z.array(z.number()) });

/** Clocks that differ by less count as equal, so that a delay on the way does not look like a new report. */
const toleratedSkewMs = 10_000;

/**
 * Follows when entities were last reported, in ms since the epoch of Home Assistant's clock; `skewMs` added makes it ours
 * (0 where the two agree).
 */
export function followReports(
  session: Session,
  clock: Clock,
  entities: readonly string[],
  take: (entity: string, reportedAt: number) => void,
  refused: (why: Error) => void,
): { readonly skewMs: () => number; readonly stop: Stop } {
  let skewMs = 0;
  const stop = session.subscribe(
    reportsMessage(entities),
    (event) => {
      const reports = renderedReports(event, entities);
      if (reports === undefined) return;
      const measuredMs = clock.now() - reports.renderedAt;
      if (Math.abs(measuredMs - skewMs) > toleratedSkewMs) skewMs = skewOf(measuredMs);
      for (const [entity, at] of reports.reportedAt) take(entity, at);
    },
    refused,
  );
  return { skewMs: () => skewMs, stop };
}

/** When each entity was last reported, and when that was rendered, in ms since the epoch of Home Assistant's clock. */
export function renderedReports(event: unknown, entities: readonly string[]) {
  const [renderedS, ...reportedS] = rendered.safeParse(event).data?.result ?? [];
  if (renderedS === undefined) return undefined;
  const known = entities.flatMap((entity, index) => {
    const s = reportedS[index] ?? 0;
    return s > 0 ? [[entity, s * secondMs] as const] : [];
  });
  return { renderedAt: renderedS * secondMs, reportedAt: new Map(known) };
}

/** What has to be added to Home Assistant's times, by what was measured; ms. */
export function skewOf(measuredMs: number): number {
  return Math.abs(measuredMs) > toleratedSkewMs ? Math.round(measuredMs) : 0;
}

const registryEntry = z.object({ platform: z.string(), device_id: z.string().nullable() });
const message = z.object({ retain: z.boolean(), time: z.string() });
const debugInfo = z.object({
  entities: z.array(
    z.object({
      entity_id: z.string(),
      subscriptions: z.array(z.object({ topic: z.string(), messages: z.array(message) })),
      discovery_data: z.object({ payload: z.unknown() }),
    }),
  ),
});

const mqttEachMs = minuteMs;
/** What was reported since need not be asked for. */
const mqttAfterMs = minuteMs;

/**
 * Entities of Home Assistant's MQTT integration are not reported again while their value is the same, so a thermostat that
 * is steady looks dead there. What arrives for them is in the integration's debug information, which is asked for each
 * minute for entities that were silent for a minute. Retained messages are no sign of life. `reportedAt` is in our time, what
 * `take` gets in Home Assistant's.
 */
export function followMqttReports(
  session: Session,
  clock: Clock,
  entities: readonly string[],
  reportedAt: (entity: string) => number | undefined,
  take: (entity: string, reportedAt: number) => void,
): { readonly check: () => void; readonly stop: Stop } {
  const devices = new Map<string, string | null>();

  async function deviceOf(entity: string): Promise<string | null> {
    const known = devices.get(entity);
    if (known !== undefined) return known;
    const entry = registryEntry.safeParse(
      await session.send({ type: "config/entity_registry/get", entity_id: entity }),
    );
    const device = entry.data?.platform === "mqtt" ? entry.data.device_id : null;
    devices.set(entity, device);
    return device;
  }

  async function check(entity: string): Promise<void> {
    const at = reportedAt(entity);
    if (at === undefined || clock.now() - at < mqttAfterMs) return;
    const device = await deviceOf(entity);
    if (device === null) return;
    const arrivedAt = await lastMqttMessage(session, entity, device);
    if (arrivedAt !== null) take(entity, arrivedAt);
  }

  function checkAll(): void {
    // Of an entity without an entry, or where the user may not see it, the state alone is known.
    for (const entity of entities) check(entity).catch(() => devices.set(entity, devices.get(entity) ?? null));
  }

  return { check: checkAll, stop: clock.every(mqttEachMs, checkAll) };
}

/** When the last message arrived for an entity of the MQTT integration, ms since the epoch; null: none is known. */
export async function lastMqttMessage(
  homeAssistant: Pick<Session, "send">,
  entity: string,
  device: string,
): Promise<number | null> {
  const info = debugInfo.safeParse(await homeAssistant.send({ type: "mqtt/device/debug_info", device_id: device }));
  return info.success ? lastMessage(info.data, entity) : null;
}

function lastMessage({ entities }: z.output<typeof debugInfo>, entity: string): number | null {
  const info = entities.find(({ entity_id: id }) => id === entity);
  const payload = z.record(z.string(), z.unknown()).safeParse(info?.discovery_data.payload).data ?? {};
  const topic = payload[entity.startsWith("climate.") ? "current_temperature_topic" : "state_topic"];
  const messages = info?.subscriptions.find((subscription) => subscription.topic === topic)?.messages ?? [];
  const times = messages.flatMap(({ retain, time }) => (retain ? [] : [Date.parse(time)])).filter(Number.isFinite);
  return times.length === 0 ? null : Math.max(...times);
}
