import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { onTestFinished } from "vitest";

/** How a request is answered; `hang`: never, `cut`: the connection ends. */
type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | "hang"
  | "cut";

export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** Another program that is told of alerts: it keeps what it gets. */
export type RecordingServer = {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The bodies, read as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what the tests are about
  bodies(): any[];
  /** The next answers, in their order; after them 200. */
  readonly answers: Answer[];
  /** How many connections stand. */
  connections(): Promise<number>;
};

/** Listens on 127.0.0.1, with TLS where a certificate is given, until the test ends. */
export async function recordingServer(
  secure?: { readonly key: string; readonly cert: string },
  ...answers: Answer[]
): Promise<RecordingServer> {
  const requests: RecordedRequest[] = [];
  const listen: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url: path = "", headers } = request;
    requests.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
    const answer = answers.shift() ?? { status: 200 };
    if (answer === "cut") request.socket.destroy();
    else if (answer !== "hang") response.writeHead(answer.status, answer.headers).end(answer.body ?? "");
  };
  const server = secure === undefined ? createServer(listen) : createSecureServer(secure, listen);
  await listening(server);
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `${secure === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    requests,
    bodies: () => requests.map(({ body }) => JSON.parse(body)),
    answers,
    connections: () => new Promise((done) => server.getConnections((_error, count) => done(count))),
  };
}

/** Resolves once a server listens on a free port of 127.0.0.1. */
export function listening(server: Server): Promise<void> {
  return new Promise((done) => server.listen(0, "127.0.0.1", done));
}
