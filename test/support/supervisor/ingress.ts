import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { answerThrough } from "./ingress-answer.ts";

/** A user of Home Assistant, as a session of ingress knows it. */
export type IngressUser = { readonly id: string; readonly name: string; readonly displayName: string };

/** Who opens the page, to Home Assistant. */
export const ingressUser = { id: "5f3a1c0de5f3a1c0de5f3a1c0de5f3a1", name: "anna", displayName: "Anna" } as const;

/** What a web is made of that answers this stand-in, to which its user is an administrator. */
export const behindIngress = {
  trustedPeers: ["127.0.0.1"],
  ingressPeer: "127.0.0.1",
  administrators: { has: async (id: string) => id === ingressUser.id },
} as const;

/** The path in front of the app, without a slash at its end. */
export const ingressEntry = "/api/hassio_ingress/aB3-x_9";

export const sessionCookie = "ingress_session";

/** What the Supervisor refuses in a path and its query (supervisor/api/middleware/security.py), as Home Assistant does. */
const refused = /\.\.\/|[a-zA-Z0-9_]=\/.\/|<script|union.*select\(|concat\(|proc\/self\/environ/i;

/**
 * A stand-in for Home Assistant's ingress, with the Supervisor behind it: a path in front that the app does not see,
 * sessions in a cookie, addresses that are refused, headers that say who asks, and headers that do not come through.
 */
export type Ingress = {
  /** With the path and the slash at its end. */
  readonly url: string;
  /** Every path that was asked for, as the browser wrote it. */
  readonly asked: readonly string[];
  /** What was answered, with the path as the app sees it where it was asked. */
  readonly answered: readonly { readonly path: string; readonly status: number }[];
  /** Begins a session; hands back the value of its cookie. */
  openSession(user?: IngressUser): string;
  /** Ends all sessions, as 15 minutes without use do. */
  endSessions(): void;
  close(): Promise<void>;
};

/** `isRunning`: whether the app is; `otherwise` answers what is outside of `/api/`. */
export async function startIngress(
  target: string,
  how: {
    readonly isRunning?: () => boolean;
    readonly otherwise?: (request: IncomingMessage, response: ServerResponse) => void;
  } = {},
): Promise<Ingress> {
  const { hostname, port } = new URL(target);
  const asked: string[] = [];
  const answered: { path: string; status: number }[] = [];
  const sessions = new Map<string, IngressUser>();
  const sockets = new Set<Duplex>();

  /** What the app is asked, or the status of the refusal. */
  function admitted(message: IncomingMessage): { path: string; headers: IncomingMessage["headers"] } | number {
    const url = message.url ?? "";
    asked.push(url);
    if (refused.test(decoded(url))) return 400;
    const session = new RegExp(`(?:^|; )${sessionCookie}=([^;]*)`).exec(message.headers.cookie ?? "")?.[1];
    const user = sessions.get(session ?? "");
    if (user === undefined) return 401;
    if (!url.startsWith(`${ingressEntry}/`)) return 404;
    if (how.isRunning?.() === false) return 503;
    return { path: url.slice(ingressEntry.length), headers: headersFor(message, user) };
  }

  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? "";
    if (how.otherwise !== undefined && !url.startsWith("/api/")) return how.otherwise(incoming, outgoing);
    const to = admitted(incoming);
    if (typeof to === "number") {
      answered.push({ path: url, status: to });
      outgoing.writeHead(to, { "content-type": "text/plain" }).end(`${to}`);
      return;
    }
    const onward = request({ hostname, port, method: incoming.method, ...to }, (answer) => {
      answered.push({ path: to.path, status: answer.statusCode ?? 502 });
      answerThrough(answer, outgoing);
    });
    onward.on("error", () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (incoming, socket, head) => {
    const to = admitted(incoming);
    if (typeof to === "number") {
      answered.push({ path: incoming.url ?? "", status: to });
      return void socket.end(`HTTP/1.1 ${to} Refused\r\nContent-Length: 0\r\n\r\n`);
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
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${ingressEntry}/`,
    asked,
    answered,
    openSession(user = ingressUser) {
      const session = randomUUID();
      sessions.set(session, user);
      return session;
    },
    endSessions: () => sessions.clear(),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** As the browser sent them, with what Home Assistant and the Supervisor say in place of what it may have said itself. */
function headersFor({ headers }: IncomingMessage, user: IngressUser): IncomingMessage["headers"] {
  const own = Object.entries(headers).filter(([name]) => !/^(x-remote-user|x-ingress-path|x-hass-source)/.test(name));
  return {
    ...Object.fromEntries(own),
    "x-ingress-path": ingressEntry,
    "x-hass-source": "core.ingress",
    "x-forwarded-for": "192.168.1.50",
    "x-forwarded-host": headers.host,
    "x-forwarded-proto": "http",
    "x-remote-user-id": user.id,
    "x-remote-user-name": user.name,
    "x-remote-user-display-name": user.displayName,
  };
}
