import type { WebSocket } from "ws";
import {
  compressed,
  debugInfo,
  type FakeEntity,
  type ReceivedMessage,
  templateS,
  wholeState,
} from "./fake-messages.ts";

export type FakeMessage = { readonly id: number; readonly type: string; readonly [key: string]: unknown };
export type FakeClient = {
  readonly socket: WebSocket;
  /** Ids of the subscriptions with the entities that they are about. */
  readonly states: Map<number, ReadonlySet<string>>;
  readonly templates: Map<number, readonly string[]>;
  readonly events: Map<number, string>;
};

export type FakeNotification = { readonly title: string; readonly message: string };
export type FiredEvent = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

/** What the fake knows. */
export type FakeState = {
  readonly entities: Map<string, FakeEntity>;
  readonly mqtt: Map<string, readonly ReceivedMessage[]>;
  /** Persistent notifications by their id. */
  readonly notifications: Map<string, FakeNotification>;
  /** Events that clients fired. */
  readonly fired: FiredEvent[];
  config: {
    readonly timeZone: string;
    readonly temperature: "°C" | "°F";
    readonly language: string;
    readonly currency: string;
    readonly internalUrl: string | null;
  };
  /** Answers of commands that only hand on what is stored, by type. */
  readonly stored: Map<string, unknown>;
  readonly now: () => number;
};

/** What a template of entities is now, as the event of its subscription. */
export function rendered({ entities, now }: FakeState, id: number, about: readonly string[]): object {
  const result = [now() / 1000, ...about.map((entity) => templateS(entities.get(entity)))];
  return {
    id,
    type: "event",
    event: { result, listeners: { all: false, entities: about, domains: [], time: true } },
  };
}

/** What answers a command, in its order. */
export function answers(state: FakeState, client: FakeClient, message: FakeMessage): readonly object[] {
  const { id, type } = message;
  const { entities, mqtt, config, now } = state;
  const success = (value: unknown) => ({ id, type: "result", success: true, result: value });
  const refusal = (code: string, text: string) => ({
    id,
    type: "result",
    success: false,
    error: { code, message: text },
  });
  switch (type) {
    case "supported_features":
      return [success(null)];
    case "ping":
      return [{ id, type: "pong" }];
    case "get_config": {
      const { timeZone, temperature, language, currency, internalUrl } = config;
      const rest = { language, currency, internal_url: internalUrl, state: "RUNNING" };
      return [success({ time_zone: timeZone, unit_system: { temperature }, ...rest })];
    }
    case "subscribe_entities": {
      const asked = (message.entity_ids ?? []) as readonly string[];
      const wanted = asked.length === 0 ? [...entities.keys()] : asked;
      client.states.set(id, new Set(wanted));
      const known = wanted.flatMap((entity) => {
        const found = entities.get(entity);
        return found === undefined ? [] : [[entity, compressed(found)] as const];
      });
      return [success(null), { id, type: "event", event: { a: Object.fromEntries(known) } }];
    }
    case "render_template": {
      const { entities: about } = message.variables as { readonly entities: readonly string[] };
      client.templates.set(id, about);
      return [success(null), rendered(state, id, about)];
    }
    case "subscribe_events":
      client.events.set(id, String(message.event_type));
      return [success(null)];
    case "unsubscribe_events": {
      const subscription = Number(message.subscription);
      for (const kind of [client.states, client.templates, client.events]) kind.delete(subscription);
      return [success(null)];
    }
    case "config/entity_registry/get": {
      const entity = String(message.entity_id);
      if (!entities.has(entity)) return [refusal("not_found", "Entity not found")];
      const platform = mqtt.has(entity) ? "mqtt" : "tuya";
      return [success({ entity_id: entity, platform, device_id: `device of ${entity}` })];
    }
    case "mqtt/device/debug_info": {
      const entity = String(message.device_id).replace("device of ", "");
      return [success({ entities: [debugInfo(entity, mqtt.get(entity) ?? [], now())], triggers: [] })];
    }
    case "get_states":
      return [success([...entities].map(([entity, known]) => wholeState(entity, known)))];
    case "fire_event":
      state.fired.push({ type: String(message.event_type), data: message.event_data as FiredEvent["data"] });
      return [success({ context: null })];
    case "call_service":
      if (message.domain !== "persistent_notification") return [refusal("not_found", "Service not found.")];
      changeNotifications(state, String(message.service), message.service_data as Record<string, string>);
      return [success({ context: null, response: null })];
    default:
      if (state.stored.has(type)) return [success(state.stored.get(type))];
      return [refusal("unknown_command", "Unknown command.")];
  }
}

function changeNotifications({ notifications }: FakeState, service: string, data: Record<string, string>): void {
  const { notification_id: id = "", title = "", message = "" } = data;
  if (service === "create") notifications.set(id, { title, message });
  else notifications.delete(id);
}
