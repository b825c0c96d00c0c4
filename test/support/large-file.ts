import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A server of one large file, with ranges where it has a tag; how it sends can be changed during a test. */
export type LargeFile = {
  readonly url: string;
  /** What is sent from now on; without a tag, no part of it can be had and its length is not known. */
  content: Buffer;
  tag: string | undefined;
  /** After so many bytes of an answer nothing more comes. */
  stopAfterBytes: number | undefined;
  /** The ranges that were asked for, "" for the whole. */
  readonly ranges: readonly string[];
  /** Bytes that were handed to the system, of all answers. */
  sentBytes(): number;
  /** How many answers are under way. */
  open(): number;
  /** Breaks every connection. */
  breakOff(): void;
  close(): Promise<void>;
};

/** Bytes of a length that are no file's other part. */
export function largeContent(length: number, seed = "a"): Buffer {
  const pieces = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash("sha256").update(`${seed}${index}`).digest(),
  );
  return Buffer.concat(pieces).subarray(0, length);
}

export async function startLargeFile(content: Buffer): Promise<LargeFile> {
  const ranges: string[] = [];
  let open = 0;
  let sentBytes = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    open += 1;
    response.on("close", () => {
      open -= 1;
    });
    const { range = "" } = request.headers;
    ranges.push(range);
    const from = file.tag !== undefined && request.headers["if-range"] === file.tag ? Number(/\d+/.exec(range)) : 0;
    const rest = file.content.subarray(from);
    if (file.tag !== undefined) {
      response.setHeaders(
        new Map<string, string | number>([
          ["etag", file.tag],
          ["accept-ranges", "bytes"],
          ["content-length", rest.length],
        ]),
      );
    }
    if (from > 0)
      response.setHeader("content-range", `bytes ${from}-${file.content.length - 1}/${file.content.length}`);
    response.writeHead(from > 0 ? 206 : 200, { "content-type": "text/csv" });
    await send(response, rest);
  }

  async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += 65_536) {
      const piece = bytes.subarray(at, at + 65_536);
      sentBytes += piece.length;
      yield piece;
    }
  }

  async function send(response: ServerResponse, bytes: Buffer): Promise<void> {
    const wanted = bytes.subarray(0, file.stopAfterBytes);
    await pipeline(Readable.from(pieces(wanted), { objectMode: false }), response, { end: false });
    if (file.stopAfterBytes === undefined) response.end();
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const file: LargeFile = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    content,
    tag: '"first"',
    stopAfterBytes: undefined,
    ranges,
    sentBytes: () => sentBytes,
    open: () => open,
    breakOff: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return file;
}
