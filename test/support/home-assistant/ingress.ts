import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

/** A stand-in for Home Assistant's ingress: a path in front, which the app does not see. */
export type Ingress = {
  /** With the path and the slash at its end. */
  readonly url: string;
  /** Every path that was asked for, as the browser wrote it. */
  readonly asked: readonly string[];
  close(): Promise<void>;
};

/** Who opens the page, to Home Assistant. */
export const ingressUser = { id: "5f3a1c0de5f3a1c0de5f3a1c0de5f3a1", name: "Anna" } as const;

/** What a web is made of that answers this stand-in, to which its user is an administrator. */
export const behindIngress = {
  trustedPeers: ["127.0.0.1"],
  ingressPeer: "127.0.0.1",
  administrators: { has: async (id: string) => id === ingressUser.id },
} as const;

export async function startIngress(target: string): Promise<Ingress> {
  const prefix = "/api/hassio_ingress/aB3-x_9";
  const { hostname, port } = new URL(target);
  const asked: string[] = [];
  const sockets = new Set<Duplex>();

  function forwarded(message: IncomingMessage): { path: string; headers: IncomingMessage["headers"] } | undefined {
    const url = message.url ?? "";
    asked.push(url);
    if (!url.startsWith(`${prefix}/`)) return undefined;
    const headers = {
      ...message.headers,
      "x-ingress-path": prefix,
      "x-forwarded-host": message.headers.host,
      "x-remote-user-id": ingressUser.id,
      "x-remote-user-name": "anna",
      "x-remote-user-display-name": ingressUser.name,
    };
    return { path: url.slice(prefix.length), headers };
  }

  const server = createServer((incoming, outgoing) => {
    const to = forwarded(incoming);
    if (to === undefined) {
      outgoing.writeHead(404).end("outside of the app");
      return;
    }
    const onward = request({ hostname, port, method: incoming.method, ...to }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (incoming, socket, head) => {
    const to = forwarded(incoming);
    if (to === undefined) {
      socket.destroy();
      return;
    }
    const onward = connect(Number(port), hostname, () => {
      const headers = Object.entries(to.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      onward.write(`GET ${to.path} HTTP/1.1\r\n${headers.join("")}\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}/`,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
