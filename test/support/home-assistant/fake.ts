import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { answers, type FakeClient, type FakeMessage, type FakeState, rendered } from "./fake-answers.ts";
import { type Attributes, changeOf, compressed, type ReceivedMessage } from "./fake-messages.ts";

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
  /** What clients show, and the events that they fired. */
  readonly notifications: FakeState["notifications"];
  readonly fired: FakeState["fired"];
  connections(): number;
  setState(entity: string, state: string, attributes?: Attributes, at?: number): void;
  removeState(entity: string): void;
  /** Renders every template again, as Home Assistant does when a minute is over. */
  endMinute(): void;
  setConfig(config: Partial<FakeState["config"]>): void;
  /** What a command of this type answers that only hands on what is stored: registries, network, energy preferences. */
  store(type: string, answer: unknown): void;
  /** An entity of the MQTT integration with what arrived for it. */
  setMqtt(entity: string, messages: readonly ReceivedMessage[]): void;
  /** Its clock beside ours. */
  setAhead(ms: number): void;
  refuseToken(refuse: boolean): void;
  /** Reads on, but sends nothing any more, as behind a dead network. */
  setSilent(silent: boolean): void;
  /** Sends to every connection what is no message of Home Assistant's; later ones get it first. */
  babble(frame: string | Buffer): void;
  /** Sends bytes to every connection and ends it. */
  endWith(bytes: Buffer): void;
  /** Later connections are greeted properly again. */
  stopBabbling(): void;
  /** Cuts every connection without a goodbye. */
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** `port`: a free one where absent; `clock`: its time, the machine's where absent. */
export async function startFakeHomeAssistant(
  options: { readonly started?: boolean; readonly port?: number; readonly clock?: () => number } = {},
): Promise<FakeHomeAssistant> {
  const token = "a-long-lived-token";
  const clients = new Set<FakeClient>();
  const received: string[] = [];
  let refuses = false;
  let silent = false;
  let babbled: string | Buffer | undefined;
  let aheadMs = 0;
  let server: Server | undefined;
  let port = options.port ?? 0;

  const clock = options.clock ?? Date.now;
  const now = () => clock() + aheadMs;
  const known: FakeState = {
    entities: new Map(),
    mqtt: new Map(),
    notifications: new Map(),
    fired: [],
    config: { timeZone: "Europe/Rome", temperature: "°C", language: "en", currency: "EUR", internalUrl: null },
    stored: new Map(),
    now,
  };
  const { entities } = known;

  /** Home Assistant puts several messages into one frame where the client accepts that. */
  function send(client: FakeClient, ...messages: readonly object[]): void {
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
      for (const [id, about] of client.templates) if (wanted(about)) send(client, rendered(known, id, about));
    }
  }

  function accept(socket: WebSocket): void {
    const client: FakeClient = { socket, states: new Map(), templates: new Map(), events: new Map() };
    let signedIn = false;
    if (babbled !== undefined) socket.send(babbled);
    send(client, { type: "auth_required", ha_version: "2026.11.0" });
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as FakeMessage;
      if (signedIn) {
        received.push(message.type);
        send(client, ...answers(known, client, message));
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
    notifications: known.notifications,
    fired: known.fired,
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
    setConfig(config) {
      known.config = { ...known.config, ...config };
      for (const client of clients) {
        for (const [id, name] of client.events) {
          if (name === "core_config_updated")
            send(client, { id, type: "event", event: { event_type: name, data: {} } });
        }
      }
    },
    store: (type, answer) => known.stored.set(type, answer),
    setMqtt: (entity, messages) => known.mqtt.set(entity, messages),
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
    endWith(bytes) {
      for (const socket of sockets) socket.end(bytes);
    },
    stopBabbling() {
      babbled = undefined;
    },
    stop,
    start,
  };
}
