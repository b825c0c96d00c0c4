import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

/** An entity with its states: ms since the epoch and text, in the order of time. */
export type RecordedEntity = {
  readonly entity: string;
  readonly name?: string;
  readonly uniqueId?: string;
  readonly device?: string;
  readonly unit?: string;
  readonly states?: readonly (readonly [at: number, state: string])[];
  readonly statistics?: readonly StatisticRow[];
};

/** A row as `recorder/statistics_during_period` answers it; times in ms. */
export type StatisticRow = {
  readonly start: number;
  readonly end: number;
  readonly mean?: number;
  readonly state?: number;
  readonly sum?: number;
};

export type FakeRecorder = { readonly url: string; readonly token: string; readonly asked: readonly Message[] };

type Message = { readonly id: number; readonly type: string; readonly [key: string]: unknown };

/** The websocket of Home Assistant 2026.11 as far as an import uses it: registry, states, history, statistics. */
export async function startFakeRecorder(
  entities: readonly RecordedEntity[],
  options: { readonly cutAfter?: number } = {},
): Promise<FakeRecorder> {
  const token = "a-long-lived-token";
  const asked: Message[] = [];

  function historyOf(message: Message): object {
    const [from, to] = [Date.parse(String(message.start_time)), Date.parse(String(message.end_time))];
    const ids = message.entity_ids as readonly string[];
    return Object.fromEntries(
      ids.map((id) => {
        const states = entities.find(({ entity }) => entity === id)?.states ?? [];
        const before = states.findLast(([at]) => at <= from);
        const first =
          message.include_start_time_state === false || before === undefined
            ? []
            : [{ s: before[1], a: {}, lu: from / 1000 }];
        const later = states.filter(([at]) => at > from && at < to).map(([at, s]) => ({ s, lu: at / 1000 }));
        return [id, [...first, ...later]];
      }),
    );
  }

  function statisticsOf(message: Message): object {
    const [from, to] = [Date.parse(String(message.start_time)), Date.parse(String(message.end_time))];
    const ids = message.statistic_ids as readonly string[];
    const statistics = ids.flatMap((id) => {
      const rows =
        entities.find(({ entity }) => entity === id)?.statistics?.filter(({ start }) => start >= from && start < to) ??
        [];
      return rows.length === 0 ? [] : [[id, rows.map((row) => ({ mean: null, state: null, sum: null, ...row }))]];
    });
    return Object.fromEntries(statistics);
  }

  function answer(message: Message): unknown {
    switch (message.type) {
      case "config/entity_registry/list":
        return entities.map(({ entity, name, uniqueId, device }) => ({
          entity_id: entity,
          unique_id: uniqueId ?? entity,
          device_id: device ?? "heat pump",
          name: null,
          original_name: name ?? null,
          platform: "mqtt",
          disabled_by: null,
        }));
      case "get_states":
        return entities.map(({ entity, unit }) => ({
          entity_id: entity,
          state: "unknown",
          attributes: unit === undefined ? {} : { unit_of_measurement: unit },
        }));
      case "history/history_during_period":
        return historyOf(message);
      case "recorder/statistics_during_period":
        return statisticsOf(message);
      default:
        return null;
    }
  }

  function accept(socket: WebSocket): void {
    let signedIn = false;
    socket.send(JSON.stringify({ type: "auth_required", ha_version: "2026.11.0" }));
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as Message;
      if (signedIn) {
        asked.push(message);
        if (options.cutAfter !== undefined && asked.length > options.cutAfter) socket.terminate();
        else socket.send(JSON.stringify({ id: message.id, type: "result", success: true, result: answer(message) }));
      } else if (message.access_token === token) {
        signedIn = true;
        socket.send(JSON.stringify({ type: "auth_ok", ha_version: "2026.11.0" }));
      } else {
        socket.send(JSON.stringify({ type: "auth_invalid", message: "Invalid access token or password" }));
        socket.close();
      }
    });
  }

  const server = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server, path: "/api/websocket" });
  sockets.on("connection", accept);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token, asked };
}
