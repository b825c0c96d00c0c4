import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type ApiAnswer, type ApiState, apiAnswer, refusal } from "./api.ts";
import { type CoreBehind, type CoreProxy, coreProxy } from "./core-proxy.ts";

/** A stand-in for the Supervisor to one app: its REST API, and Home Assistant Core behind it. */
export type Supervisor = {
  /** Gives the app a new token, as at each of its starts; the one before is not valid any more. */
  newToken(): string;
  /** What the app asked, as `GET /services/mqtt 200`. */
  readonly asked: readonly string[];
  readonly core: CoreProxy;
  close(): Promise<void>;
};

/** Listens on a port of an address, as the Supervisor does on port 80 of 172.30.32.2. */
export async function startSupervisor(
  parts: ApiState & { readonly core: CoreBehind; readonly address: string; readonly port: number },
): Promise<Supervisor> {
  const asked: string[] = [];
  let token: string | undefined;
  const isApp = (given: string | undefined) => token !== undefined && given === token;
  const core = coreProxy(parts.core, isApp);

  const server = createServer((incoming, outgoing) => {
    const { method = "", url = "" } = incoming;
    outgoing.on("finish", () => asked.push(`${method} ${url} ${outgoing.statusCode}`));
    if (!isApp(tokenOf(incoming))) return write(outgoing, refusal(401, "Unauthorized"));
    if (url.startsWith("/core/")) return core.answer(incoming, outgoing);
    void bodyOf(incoming).then((body) => write(outgoing, apiAnswer(parts, method, url, body)));
  });
  server.on("upgrade", (incoming, socket, head) => {
    if (/^\/core\/(api\/)?websocket$/.test(incoming.url ?? "")) core.open(incoming, socket, head);
    else socket.destroy();
  });
  server.listen(parts.port, parts.address);
  await once(server, "listening");

  return {
    newToken() {
      token = randomBytes(56).toString("hex");
      return token;
    },
    asked,
    core,
    async close() {
      core.cut();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function tokenOf({ headers }: IncomingMessage): string | undefined {
  return headers.authorization?.replace(/^Bearer /, "") ?? headers["x-supervisor-token"]?.toString();
}

function write(outgoing: ServerResponse, { status, body }: ApiAnswer): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  return text === "" ? {} : JSON.parse(text);
}
