import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { listening } from "#test/support/channels/recording-server.ts";

/** A real HTTP proxy in front of a server, which lets nobody through without the token, as InfluxDB 2 does. */
export type TokenProxy = { readonly url: string; close(): Promise<void> };

export async function startTokenProxy(target: string, token: string): Promise<TokenProxy> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.headers.authorization !== `Token ${token}`) {
      incoming.resume();
      outgoing.writeHead(401, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ code: "unauthorized", message: "unauthorized access" }));
      return;
    }
    const { method, headers, url = "/" } = incoming;
    const sent = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(sent);
  });
  await listening(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
