import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import {
  type Attributes,
  changeOf,
  compressed,
  debugInfo,
  type FakeEntity,
  type ReceivedMessage,
  templateS,
} from "./fake-messages.ts";

type Message = { readonly id: number; readonly type: string; readonly [key: string]: unknown };
type Client = {
  readonly socket: WebSocket;
  /** Ids of the subscriptions with the entities that they are about. */
  readonly states: Map<number, ReadonlySet<string>>;
  readonly templates: Map<number, readonly string[]>;
  readonly events: Map<number, string>;
};

/**
 * The websocket of Home Assistant 2026.11, as far as the add-on uses it, on a free port of this machine: signing in,
 * compressed states, templates that are rendered again when a minute is over, the registry, MQTT's debug information.
 * Times in ms since the epoch. It is true to the state machine in what matters here: a state that is set again unchanged
 * moves `last_reported` only, and no event is sent.
 */
export type FakeHomeAssistant = {
  readonly url: string;
  readonly token: string;
  /** Commands that were received, by type. */
  readonly received: readonly string[];
  connections(): number;
  setState(entity: string, state: string, attributes?: Attributes, at?: number): void;
  removeState(entity: string): void;
  /** Renders every template again, as Home Assistant does when a minute is over. */
  endMinute(): void;
  setConfig(config: { readonly timeZone?: string; readonly temperature?: "°C" | "°F" }): void;
  /** An entity of the MQTT integration with what arrived for it. */
  setMqtt(entity: string, messages: readonly ReceivedMessage[]): void;
  /** Its clock beside ours. */
  setAhead(ms: number): void;
  refuseToken(refuse: boolean): void;
  /** Reads on, but sends nothing any more, as behind a dead network. */
  setSilent(silent: boolean): void;
  /** Sends to every connection what is no message of Home Assistant's; later ones get it first. */
  babble(frame: string | Buffer): void;
  /** Later connections are greeted properly again. */
  stopBabbling(): void;
  /** Cuts every connection without a goodbye. */
  stop(): Promise<void>;
  start(): Promise<void>;
};

export async function startFakeHomeAssistant(options: { readonly started?: boolean } = {}): Promise<FakeHomeAssistant> {
  const token = "a-long-lived-token";
  const entities = new Map<string, FakeEntity>();
  const clients = new Set<Client>();
  const received: string[] = [];
  const mqtt = new Map<string, readonly ReceivedMessage[]>();
  let config = { timeZone: "Europe/Rome", temperature: "°C" };
  let refuses = false;
  let silent = false;
  let babbled: string | Buffer | undefined;
  let aheadMs = 0;
  let server: Server | undefined;
  let port = 0;

  function now(): number {
    return Date.now() + aheadMs;
  }

  /** Home Assistant puts several messages into one frame where the client accepts that. */
  function send(client: Client, ...messages: readonly object[]): void {
    if (!silent) client.socket.send(JSON.stringify(messages.length === 1 ? messages[0] : messages));
  }

  function broadcast(entity: string, change: object): void {
    for (const client of clients) {
      for (const [id, about] of client.states)
        if (about.has(entity)) send(client, { id, type: "event", event: change });
    }
    render((about) => about.includes(entity));
  }

  function render(wanted: (about: readonly string[]) => boolean): void {
    for (const client of clients) {
      for (const [id, about] of client.templates) if (wanted(about)) send(client, rendered(id, about));
    }
  }

  function rendered(id: number, about: readonly string[]): object {
    const result = [now() / 1000, ...about.map((entity) => templateS(entities.get(entity)))];
    return {
      id,
      type: "event",
      event: { result, listeners: { all: false, entities: about, domains: [], time: true } },
    };
  }

  /** What answers a command, in its order. */
  function answers(client: Client, message: Message): readonly object[] {
    const { id, type } = message;
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
        const { timeZone, temperature } = config;
        return [success({ time_zone: timeZone, unit_system: { temperature }, state: "RUNNING" })];
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
        return [success(null), rendered(id, about)];
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
      default:
        return [refusal("unknown_command", "Unknown command.")];
    }
  }

  function accept(socket: WebSocket): void {
    const client: Client = { socket, states: new Map(), templates: new Map(), events: new Map() };
    let signedIn = false;
    if (babbled !== undefined) socket.send(babbled);
    send(client, { type: "auth_required", ha_version: "2026.11.0" });
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as Message;
      if (signedIn) {
        received.push(message.type);
        send(client, ...answers(client, message));
      } else if (refuses || message.access_token !== token) {
        send(client, { type: "auth_invalid", message: "Invalid access token or password" });
        socket.close();
      } else {
        signedIn = true;
        clients.add(client);
        send(client, { type: "auth_ok", ha_version: "2026.11.0" });
      }
    });
    socket.on("close", () => clients.delete(client));
    socket.on("error", () => clients.delete(client));
  }

  const sockets = new Set<Socket>();

  async function start(): Promise<void> {
    const started = createServer((_, response) => response.writeHead(404).end());
    server = started;
    started.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    new WebSocketServer({ server: started, path: "/api/websocket" }).on("connection", accept);
    started.listen(port, "127.0.0.1");
    await once(started, "listening");
    port = (started.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    server = undefined;
    await closed;
  }

  await start();
  if (options.started === false) await stop();
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    received,
    connections: () => clients.size,
    setState(entity, state, attributes = {}, at = now()) {
      const before = entities.get(entity);
      const isSame = before?.state === state && JSON.stringify(before.attributes) === JSON.stringify(attributes);
      if (before !== undefined && isSame) {
        before.reportedAt = at;
        return;
      }
      const changedAt = before?.state === state ? before.changedAt : at;
      const after = { state, attributes, changedAt, updatedAt: at, reportedAt: at };
      entities.set(entity, after);
      broadcast(
        entity,
        before === undefined ? { a: { [entity]: compressed(after) } } : { c: { [entity]: changeOf(before, after) } },
      );
    },
    removeState(entity) {
      entities.delete(entity);
      broadcast(entity, { r: [entity] });
    },
    endMinute: () => render(() => true),
    setConfig({ timeZone = config.timeZone, temperature = config.temperature }) {
      config = { timeZone, temperature };
      for (const client of clients) {
        for (const [id, name] of client.events) {
          if (name === "core_config_updated")
            send(client, { id, type: "event", event: { event_type: name, data: {} } });
        }
      }
    },
    setMqtt: (entity, messages) => mqtt.set(entity, messages),
    setAhead(ms) {
      aheadMs = ms;
    },
    refuseToken(refuse) {
      refuses = refuse;
    },
    setSilent(value) {
      silent = value;
    },
    babble(frame) {
      babbled = frame;
      for (const { socket } of clients) socket.send(frame);
    },
    stopBabbling() {
      babbled = undefined;
    },
    stop,
    start,
  };
}
