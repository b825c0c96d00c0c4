import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import type { TLSSocket } from "node:tls";
import type { Installed } from "./installed.ts";

/** What came back, and the certificate that the server showed. */
export type WebAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly certificate: ReturnType<TLSSocket["getPeerCertificate"]>;
};

/** A server, and the certificate of its authority. */
export type Reached = Pick<Installed, "ca"> & { readonly server: Pick<Installed["server"], "address"> };

export type WebRequest = {
  /** The name in the address bar; else the server's address. */
  readonly host?: string;
  readonly method?: string;
  readonly headers?: object;
  readonly body?: string | Buffer;
  /** Authorities that are trusted, in place of the server's own. */
  readonly ca?: string;
  /** What the connection may be: versions of TLS and ciphers. */
  readonly tls?: object;
};

/** Asks the server for a path by HTTPS; rejects where no connection is made. */
export async function ask({ server, ca }: Reached, path: string, asked: WebRequest = {}): Promise<WebAnswer> {
  const { host = server.address, method = "GET", headers = {}, body } = asked;
  const name = /^[\d.]+$/.test(host) ? {} : { servername: host };
  const outgoing = request({
    ...{ host: server.address, port: 443, path, method, ca: asked.ca ?? ca, agent: false, ...name, ...asked.tls },
    headers: { host, ...headers },
  });
  outgoing.end(body);
  const [incoming] = await once(outgoing, "response");
  const certificate = (incoming.socket as TLSSocket).getPeerCertificate();
  let text = "";
  for await (const piece of incoming) text += piece;
  return { status: incoming.statusCode, headers: incoming.headers, body: text, certificate };
}

/** Signs in at Heatloop's page: the cookie of the session; undefined where the password is not taken. */
export async function signInAtPage(reached: Reached, password: string | undefined): Promise<string | undefined> {
  const answer = await ask(reached, "/heatloop/api/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ password }),
  });
  return answer.headers["set-cookie"]?.[0]?.split(";")[0];
}
