import { parseJson } from "@heatloop/program/json-text";
import { Connection, type ConnectionOptions } from "home-assistant-js-websocket";
import { type RawData, WebSocket } from "ws";
import { z } from "zod";
import { type AwaitedAnswers, awaitedAnswers } from "./awaited-answers.ts";

/** Home Assistant answered and does not know the token. */
export class TokenRefused extends Error {}

/** A websocket that Home Assistant let in, with the client library on top of it. */
export type SignedIn = {
  readonly connection: Connection;
  /** Closes it; a peer that does not answer that is cut off. */
  close(): void;
};

/** The statistics of a year are some MB; it keeps anything else out of our memory. */
const largestFrameBytes = 64 * 1024 * 1024;
const limits = { maxPayload: largestFrameBytes, handshakeTimeout: 15_000, closeTimeout: 2_000 };

const greeting = z.union([
  z.looseObject({ type: z.literal("auth_required") }),
  z.looseObject({ type: z.literal("auth_ok"), ha_version: z.string() }),
  z.looseObject({ type: z.literal("auth_invalid") }),
]);
const message = z.looseObject({ id: z.number(), type: z.string() });
/** Home Assistant puts several messages into one frame where the client supports that. */
const messages = z.union([message, z.array(message)]);

const supportsSeveral = { id: 1, type: "supported_features", features: { coalesce_messages: 1 } };

/**
 * Opens Home Assistant's websocket and signs in; `url` as `http://host:8123`. Every frame is looked at here before the
 * library has it: one that is no message of Home Assistant's ends the connection. Rejects with `TokenRefused` or another
 * Error. `lost` is called once at the end of a connection that was let in, unless `close` was called; it may be called
 * before the promise is seen to be resolved.
 */
export function signIn(parts: {
  readonly url: string;
  readonly token: string;
  readonly lost: (why: string) => void;
  /** Aborted: whatever there is, is cut off. */
  readonly signal: AbortSignal;
}): Promise<SignedIn> {
  const { promise, resolve, reject } = Promise.withResolvers<SignedIn>();
  const url = `${parts.url.trim().replace(/\/+$/, "").replace(/^http/, "ws")}/api/websocket`;
  const socket = new WebSocket(url, limits);
  const awaited = awaitedAnswers();
  let state: "signing in" | "in" | "over" = "signing in";
  let passOn: Listener = () => undefined;

  function end(why: Error): void {
    const before = state;
    state = "over";
    socket.terminate();
    if (before === "in") parts.lost(why.message);
    else reject(why);
  }

  function take(data: RawData, isBinary: boolean): void {
    if (state === "over") return;
    let wrong: Error | undefined;
    try {
      const frame = isBinary ? notTheirs("a binary frame") : readFrame(String(data), state, awaited);
      if (frame.kind === "wrong") wrong = frame.why;
      if (frame.kind === "message") passOn({ data: frame.text });
      if (frame.kind === "accepted") accept(frame.version);
    } catch (error) {
      wrong = error instanceof Error ? error : new Error(String(error));
    }
    if (wrong !== undefined) end(wrong);
  }

  function accept(version: string): void {
    state = "in";
    const send = (text: string) => {
      awaited.sent(text);
      socket.send(text);
    };
    send(JSON.stringify(supportsSeveral));
    const connection = connectionOver({ socket, send, close }, version, (listener) => {
      passOn = listener;
    });
    resolve({ connection, close });
  }

  function close(): void {
    state = "over";
    socket.close();
  }

  socket.on("open", () => socket.send(JSON.stringify({ type: "auth", access_token: parts.token })));
  socket.on("message", take);
  socket.on("error", (error) => state !== "over" && end(new Error(reasonOf(error))));
  socket.on("close", () => state !== "over" && end(new Error("the connection was closed")));
  parts.signal.addEventListener("abort", () => state === "signing in" && end(new Error("it does not answer")));
  return promise;
}

type Frame =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "asked to sign in" }
  | { readonly kind: "accepted"; readonly version: string }
  | { readonly kind: "wrong"; readonly why: Error };

/** Reads a text frame, by what may come in the state. */
function readFrame(text: string, state: "signing in" | "in", awaited: AwaitedAnswers): Frame {
  const json = parseJson(text);
  if (!json.ok) return notTheirs(json.found);
  if (state === "in") {
    const { data } = messages.safeParse(json.value);
    if (data === undefined) return notTheirs("JSON without a message in it");
    const problem = [data]
      .flat()
      .map(awaited.problemOf)
      .find((each) => each !== undefined);
    return problem === undefined ? { kind: "message", text } : notTheirs(problem);
  }
  const { data: greeted } = greeting.safeParse(json.value);
  switch (greeted?.type) {
    case undefined:
      return notTheirs("JSON that has no place in signing in");
    case "auth_required":
      return { kind: "asked to sign in" };
    case "auth_ok":
      return { kind: "accepted", version: greeted.ha_version };
    case "auth_invalid":
      return { kind: "wrong", why: new TokenRefused("the token is refused") };
  }
}

type Listener = (event: { readonly data: string }) => void;

/** The client library over what it uses of a websocket. It does not notice the end, so it never connects again by itself. */
function connectionOver(
  {
    socket,
    send,
    close,
  }: { readonly socket: WebSocket; readonly send: (text: string) => void; readonly close: () => void },
  haVersion: string,
  listen: (listener: Listener) => void,
): Connection {
  const socketOfLibrary = {
    haVersion,
    OPEN: WebSocket.OPEN,
    get readyState() {
      return socket.readyState;
    },
    send,
    close,
    addEventListener(type: string, listener: Listener) {
      if (type === "message") listen(listener);
    },
  };
  const noOther = () => Promise.reject(new Error("a connection has one socket"));
  const options: ConnectionOptions = { setupRetry: 0, createSocket: noOther };
  return new Connection(socketOfLibrary as never, options);
}

function notTheirs(what: string): Frame {
  return { kind: "wrong", why: new Error(`it sent ${what}: is that Home Assistant?`) };
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith("WS_ERR_")) return `it sent what is no websocket frame (${error.message})`;
  const status = /^Unexpected server response: (\d+)$/.exec(error.message)?.[1];
  if (status !== undefined) return `it answers with HTTP status ${status} instead of opening a websocket`;
  return "it cannot be reached";
}
