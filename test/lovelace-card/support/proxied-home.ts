import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A Home Assistant without the Supervisor: a page of it to put a card into, and Heatloop behind the same proxy. */
export type ProxiedHome = {
  readonly origin: string;
  readonly page: string;
  /** What was asked of Heatloop through the proxy. */
  readonly asked: string[];
  close(): Promise<void>;
};

const prefix = "/heatloop";

/** Answers with a page, and below `/heatloop/` with what is at `target`, as the nginx of docs/standalone.md does. */
export async function startProxiedHome(target: string): Promise<ProxiedHome> {
  const { hostname, port } = new URL(target);
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? "";
    if (!url.startsWith(`${prefix}/`)) {
      outgoing.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Home</title>");
      return;
    }
    const path = url.slice(prefix.length);
    asked.push(path);
    const headers = { ...incoming.headers, "x-forwarded-for": "192.168.1.50", "x-forwarded-prefix": prefix };
    const onward = request({ hostname, port, method: incoming.method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page: `${origin}/lovelace`,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
