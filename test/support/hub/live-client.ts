import { once } from "node:events";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";
import { waitFor } from "#test/support/wait-for.ts";

/** What a message of the live values is, as far as tests look at it. */
export type LiveMessage = {
  readonly kind: "all" | "changed";
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly status: string }[];
  readonly heat_pumps: readonly { readonly id: string; readonly flow_temperature_c: number | null }[];
  readonly more?: boolean;
};

/** A client of a hub's websocket. */
export type LiveClient = {
  readonly socket: WebSocket;
  /** Of the answer that made it a websocket. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly messages: readonly LiveMessage[];
  /** Its messages, once there are so many. */
  told(count: number): Promise<readonly LiveMessage[]>;
  /** With what it was closed, once it is. */
  closed(): Promise<readonly [code: number, reason: string]>;
};

/** How a hub refused a websocket. */
export type LiveRefusal = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};

/** Opens a websocket at an `http://` address; answers how it was refused where it was. */
export async function openLive(
  url: string,
  headers: Readonly<Record<string, string>>,
  protocols: readonly string[] = [],
): Promise<LiveClient | LiveRefusal> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), [...protocols], { headers: { ...headers } });
  const messages: LiveMessage[] = [];
  let ended: readonly [number, string] | undefined;
  socket.on("message", (data) => messages.push(JSON.parse(String(data)) as LiveMessage));
  socket.on("close", (code, reason) => {
    ended = [code, String(reason)];
  });
  let upgraded: Readonly<Record<string, unknown>> = {};
  socket.on("upgrade", (response) => {
    upgraded = response.headers;
  });
  const refused = Promise.withResolvers<LiveRefusal>();
  socket.on("unexpected-response", (request, response) => {
    text(response).then((body) => {
      refused.resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      request.destroy();
    }, refused.reject);
  });
  const opened = once(socket, "open").then(() => undefined);
  const refusal = await Promise.race([opened, refused.promise]);
  socket.on("error", () => {});
  if (refusal !== undefined) return refusal;
  return {
    socket,
    headers: upgraded,
    messages,
    told: (count) => waitFor(() => messages.length >= count && messages, `${count} messages`),
    closed: () => waitFor(() => ended, "the end of the websocket"),
  };
}

/** The same where it is opened. */
export async function openedLive(...how: Parameters<typeof openLive>): Promise<LiveClient> {
  const live = await openLive(...how);
  if ("status" in live) throw new Error(`the websocket was refused: ${live.status} ${live.body}`);
  return live;
}
