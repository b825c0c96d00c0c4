import type { ClientRequest, IncomingMessage } from "node:http";

/** What another program is asked for, once. */
export type HttpRequest = {
  readonly method: "POST" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** The only authority that the other side's certificate may be of, as PEM; undefined: any that this machine knows. */
  readonly ca?: string | undefined;
};

/** What is sent to another program. */
export type PostRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, unless the headers say otherwise. */
  readonly body: string | Uint8Array;
};

export type PostAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter: string | undefined;
      /** When it was made, by the other side's clock. */
      readonly date: string | undefined;
      /** Its beginning. */
      readonly text: string;
    }
  /** `connected`: the request may have been taken all the same. */
  | { readonly kind: "broken"; readonly error: unknown; readonly connected: boolean };

/** More of an answer is not read: what is wrong stands at its beginning. */
const mostAnswerBytes = 4_096;

/** Posts as `askOnce` asks. */
export function post({ url, headers, body }: PostRequest, signal: AbortSignal): Promise<PostAnswer> {
  return askOnce({ method: "POST", url, headers: { "content-type": "application/json", ...headers }, body }, signal);
}

/**
 * Asks over a connection of its own: certificates are verified, redirects are answers like others. Ends at the latest when
 * `signal` is aborted; never rejected.
 */
export async function askOnce(
  { method, url, headers, body, ca }: HttpRequest,
  signal: AbortSignal,
): Promise<PostAnswer> {
  const isSecure = url.startsWith("https:");
  // Loaded with the first message: a program that tells nobody is spared the client.
  const { request } = isSecure ? await import("node:https") : await import("node:http");
  return new Promise((resolve) => {
    let connected = false;
    let sent: ClientRequest;
    try {
      const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
      sent = request(url, { method, agent: false, signal, headers: { ...headers, ...length }, ...(ca && { ca }) });
    } catch (error) {
      resolve({ kind: "broken", error, connected });
      return;
    }
    sent.once("socket", (socket) =>
      socket.once(isSecure ? "secureConnect" : "connect", () => {
        connected = true;
      }),
    );
    sent.once("response", (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      const retryAfter = answered["retry-after"];
      beginningOf(response).then(
        (text) => resolve({ kind: "answered", status, retryAfter, date: answered.date, text }),
        () => undefined,
      );
    });
    sent.on("error", (error) => resolve({ kind: "broken", error, connected }));
    sent.end(body);
  });
}

/** The first bytes of an answer, as far as they came; its status is known already. */
function beginningOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = () => {
      response.destroy();
      resolve(Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString());
    };
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= mostAnswerBytes) finish();
    });
    response.on("error", finish);
    response.once("close", finish);
  });
}
