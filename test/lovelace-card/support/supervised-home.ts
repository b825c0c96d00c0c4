import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

const token = "aB3-x_9";
const prefix = `/api/hassio_ingress/${token}`;

/** What the Supervisor's and Home Assistant's filters refuse in a path: reference, section 2.4. */
const refused = /\.\.\/|[a-zA-Z0-9_]=\/.\/|<script|union.*select\(|concat\(|proc\/self\/environ/i;

/** Headers of an app's answer that do not come through ingress. */
const dropped = ["content-encoding", "content-length", "transfer-encoding"];

/**
 * A stand-in for Home Assistant under the Supervisor, with one app behind ingress: its sessions and cookies, refused
 * addresses and dropped headers, and the websocket commands that a card may send as an administrator or as another user.
 */
export type SupervisedHome = {
  /** A page of the same origin, to put a card into. */
  readonly page: string;
  /** Whether the app runs, and under which of its slugs it is installed; undefined is not at all. */
  app: { state: "started" | "stopped"; slug: string | undefined };
  isAdmin: boolean;
  /** The Supervisor's commands that came, and the paths that were asked for through ingress with their status. */
  readonly commands: string[];
  readonly asked: { readonly path: string; readonly status: number }[];
  /** Ends all sessions, as 15 minutes without use do. */
  endSessions(): void;
  /** The answer to `supervisor/api`; throws as the websocket rejects. */
  supervisor(message: { readonly endpoint: string; readonly method: string }): unknown;
  close(): Promise<void>;
};

export async function startSupervisedHome(target: string): Promise<SupervisedHome> {
  const { hostname, port } = new URL(target);
  const sessions = new Set<string>();
  const asked: SupervisedHome["asked"] = [];
  const commands: string[] = [];

  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? "";
    const end = (status: number, text: string) => {
      asked.push({ path: url, status });
      outgoing.writeHead(status, { "content-type": "text/plain" }).end(text);
    };
    if (!url.startsWith("/api/")) {
      outgoing.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Home</title>");
      return;
    }
    const session = /(?:^|; )ingress_session=([^;]*)/.exec(incoming.headers.cookie ?? "")?.[1];
    if (refused.test(decodeURIComponent(url))) return end(400, "Bad Request");
    if (session === undefined || !sessions.has(session)) return end(401, "Unauthorized");
    if (!url.startsWith(`${prefix}/`) || home.app.state !== "started") return end(503, "Service Unavailable");
    const { host: _, ...headers } = incoming.headers;
    const path = url.slice(prefix.length);
    const onward = request(
      { hostname, port, method: incoming.method, path, headers: { ...headers, "x-ingress-path": prefix } },
      (answer) => {
        const kept = Object.entries(answer.headers).filter(([name]) => !dropped.includes(name));
        asked.push({ path, status: answer.statusCode ?? 502 });
        outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const home: SupervisedHome = {
    page: `http://127.0.0.1:${(server.address() as AddressInfo).port}/lovelace`,
    app: { state: "started", slug: "a0d7b954_heatloop" },
    isAdmin: true,
    commands,
    asked,
    endSessions: () => sessions.clear(),
    supervisor({ endpoint, method }) {
      commands.push(`${method} ${endpoint}`);
      const info = /^\/addons\/([^/]+)\/info$/.exec(endpoint)?.[1];
      if (endpoint === "/ingress/session" && method === "post") {
        const session = randomUUID();
        sessions.add(session);
        return { session };
      }
      if (info !== undefined && info === home.app.slug) {
        return { slug: info, state: home.app.state, ingress_url: `${prefix}/`, ingress_entry: prefix };
      }
      if (!home.isAdmin && info === undefined) throw { code: "unauthorized", message: "Unauthorized" };
      if (endpoint === "/ingress/panels") {
        const { slug } = home.app;
        return { panels: { core_ssh: { title: "Terminal" }, ...(slug && { [slug]: { title: "Heatloop" } }) } };
      }
      throw { code: "unknown_error", message: `nothing at ${endpoint}` };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return home;
}
