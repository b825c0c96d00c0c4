import { type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";

/** Home Assistant Core behind the Supervisor. */
export type CoreBehind = {
  readonly url: string;
  /** Of the Supervisor's own user. */
  readonly token: string;
  /** false: it starts, is stopped or updated. */
  isUp(): boolean;
};

/** How an app's requests to `/core/...` are answered (supervisor/api/proxy.py). */
export type CoreProxy = {
  /** A request below `/core/api`; who asks is known to be an app. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** The websocket at `/core/websocket` and `/core/api/websocket`. */
  open(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** What apps asked over the websocket, by type. */
  readonly commands: readonly string[];
  /** Cuts every websocket. */
  cut(): void;
};

type Message = { readonly id?: number; readonly type?: string; readonly access_token?: string };

/** `isApp`: whether a token is that of an app that may use Home Assistant. */
export function coreProxy(core: CoreBehind, isApp: (token: string | undefined) => boolean): CoreProxy {
  const commands: string[] = [];
  const sockets = new Set<WebSocket>();
  const server = new WebSocketServer({ noServer: true });

  function relay(client: WebSocket, onward: WebSocket): void {
    const ends = (one: WebSocket, other: WebSocket) => {
      one.on("close", () => other.close());
      one.on("error", () => other.terminate());
    };
    ends(client, onward);
    ends(onward, client);
    for (const socket of [client, onward]) sockets.add(socket);
    client.on("close", () => sockets.delete(client));
    onward.on("close", () => sockets.delete(onward));
    onward.on("message", (data) => client.send(String(data)));
    client.on("message", (data) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.type === "auth") {
        // The app signs in with the Supervisor, and that with Core.
        if (isApp(message.access_token)) return onward.send(JSON.stringify({ type: "auth", access_token: core.token }));
        client.send(JSON.stringify({ type: "auth_invalid", message: "Invalid access" }));
        return client.close();
      }
      commands.push(message.type ?? "");
      if (/^(supervisor|hassio)\//.test(message.type ?? "")) {
        const error = { code: "unauthorized", message: "Unauthorized" };
        return client.send(JSON.stringify({ id: message.id, type: "result", success: false, error }));
      }
      onward.send(String(data));
    });
  }

  return {
    commands,
    answer(incoming, outgoing) {
      const path = (incoming.url ?? "").slice("/core".length);
      if (path.startsWith("/api/hassio")) return void outgoing.writeHead(403).end();
      if (!core.isUp()) return void outgoing.writeHead(502).end();
      const { hostname, port } = new URL(core.url);
      const { "content-type": type = "application/json" } = incoming.headers;
      const headers = { "content-type": type, authorization: `Bearer ${core.token}` };
      const onward = request({ hostname, port, method: incoming.method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.writeHead(502).end());
      incoming.pipe(onward);
    },
    open(incoming, socket, head) {
      const bad = () => socket.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      if (!core.isUp()) return void bad();
      const onward = new WebSocket(`${core.url.replace(/^http/, "ws")}/api/websocket`);
      onward.once("error", bad);
      onward.once("open", () => {
        onward.off("error", bad);
        onward.pause();
        server.handleUpgrade(incoming, socket, head, (client) => {
          relay(client, onward);
          onward.resume();
        });
      });
    },
    cut() {
      for (const socket of sockets) socket.terminate();
    },
  };
}
