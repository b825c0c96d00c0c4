import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** How long one answer serves everybody who asks the very same: values grow old even where nothing changes. */
const freshMs = secondMs;
const mostAnswers = 64;
const longestBytes = 256 * 1024;
/** Of all of them together. */
const mostBytes = 2 * 1024 * 1024;
/** To copy a longer text costs more than to write a second piece. */
const mostTextBytes = 1000;

type Answer = {
  readonly asked: Asked;
  readonly status: number;
  readonly headers: readonly string[];
  /** A short one as Latin-1, whatever its bytes are: such a text leaves with its headers in one piece. */
  readonly body: Buffer | string;
  readonly at: number;
};

/** Everything that an answer may depend on but the address. */
type Asked = { readonly headers: readonly string[]; readonly peer: string | undefined };

/** Set in the `config` of a route whose answer to the very same request stays the same for a second. */
export const repeatable = { repeatable: true } as const;

/**
 * Sends the answer of the last second again to who asks the very same: the same address with the same headers from the same
 * peer, to a route that is `repeatable`. It costs a third of what a route takes. `onChange` is subscribed to; any
 * request that may change something makes all answers new.
 */
export function repeatAnswers(
  app: FastifyInstance,
  { clock, onChange }: { readonly clock: Clock; readonly onChange: (forget: () => void) => Stop },
): void {
  /** By address. */
  const answers = new Map<string, Answer[]>();
  let [count, bytes] = [0, 0];

  function forget(): void {
    answers.clear();
    [count, bytes] = [0, 0];
  }

  function keep(request: FastifyRequest, reply: FastifyReply, body: Buffer): void {
    if (count >= mostAnswers || bytes + body.length > mostBytes) forget();
    const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) => [name, String(value)]);
    if (reply.statusCode !== 304 && !reply.hasHeader("content-length"))
      headers.push("content-length", `${body.length}`);
    const { rawHeaders, socket, url = "" } = request.raw;
    const asked = { headers: rawHeaders, peer: socket.remoteAddress };
    const kept = body.length > mostTextBytes ? body : body.toString("latin1");
    const answer = { asked, status: reply.statusCode, headers, body: kept, at: clock.now() };
    answers.set(url, [answer, ...(answers.get(url) ?? []).filter((other) => !isSame(other.asked, request.raw))]);
    count += 1;
    bytes += body.length;
  }

  function sendAgain(request: IncomingMessage, response: ServerResponse): boolean {
    const { method } = request;
    if (method !== "GET") {
      if (method !== "HEAD") forgetAfter(response);
      return false;
    }
    const answer = answers.get(request.url ?? "")?.find(({ asked }) => isSame(asked, request));
    if (answer === undefined || Math.abs(clock.now() - answer.at) >= freshMs) return false;
    response.writeHead(answer.status, answer.headers as string[]);
    response.end(answer.body, "latin1");
    return true;
  }

  function forgetAfter(response: ServerResponse): void {
    forget();
    response.once("close", forget);
  }

  app.addHook("onSend", async (request, reply, payload: unknown) => {
    if (!isRepeatable(request, reply)) return payload;
    const body = await bodyOf(payload, reply);
    if (body === undefined || body.length > longestBytes) return body ?? payload;
    keep(request, reply, body);
    return body;
  });
  const stop = onChange(forget);
  app.addHook("onClose", async () => stop());
  const handlers = app.server.listeners("request") as ((request: IncomingMessage, response: ServerResponse) => void)[];
  app.server.removeAllListeners("request");
  app.server.on("request", (request, response) => {
    if (!sendAgain(request, response)) for (const handle of handlers) handle(request, response);
  });
}

function isRepeatable({ method, routeOptions }: FastifyRequest, reply: FastifyReply): boolean {
  const { repeatable: mayRepeat } = routeOptions.config as { readonly repeatable?: boolean };
  if (mayRepeat !== true || method !== "GET" || reply.hasHeader("set-cookie")) return false;
  return reply.statusCode === 200 || reply.statusCode === 304;
}

/** What is sent, a small file included; undefined for what is long, or of unknown length. */
async function bodyOf(payload: unknown, reply: FastifyReply): Promise<Buffer | undefined> {
  if (payload === undefined || payload === null) return Buffer.alloc(0);
  if (typeof payload === "string") return Buffer.from(payload);
  if (Buffer.isBuffer(payload)) return payload;
  const length = Number(reply.getHeader("content-length") ?? Number.NaN);
  return payload instanceof Readable && length <= longestBytes ? buffer(payload) : undefined;
}

function isSame(asked: Asked, { rawHeaders, socket }: IncomingMessage): boolean {
  const { headers, peer } = asked;
  if (headers.length !== rawHeaders.length || peer !== socket.remoteAddress) return false;
  for (let i = 0; i < headers.length; i++) if (headers[i] !== rawHeaders[i]) return false;
  return true;
}
