import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";

/** What is smaller comes in one piece, with its length. */
const bufferedBytes = 4_194_000;

/** Headers of an app's answer that do not come through. */
const dropped = ["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"];

const unpackers = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
} as const;

/** Hands an app's answer on as the Supervisor does (supervisor/api/ingress.py): unpacked, and not as it was cut. */
export function answerThrough(answer: IncomingMessage, outgoing: ServerResponse): void {
  const status = answer.statusCode ?? 502;
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !dropped.includes(name)));
  const length = Number(answer.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  const body = unpacked(answer);
  body.on("error", () => outgoing.destroy());
  if (length >= bufferedBytes) {
    outgoing.writeHead(status, { ...headers, "x-accel-buffering": "no" });
    body.pipe(outgoing);
    return;
  }
  const pieces: Buffer[] = [];
  body.on("data", (piece: Buffer) => pieces.push(piece));
  body.on("end", () => {
    const whole = Buffer.concat(pieces);
    outgoing.writeHead(
      status,
      status === 204 || status === 304 ? headers : { ...headers, "content-length": whole.length },
    );
    outgoing.end(whole);
  });
}

function unpacked(answer: IncomingMessage): Readable {
  const unpacker = unpackers[answer.headers["content-encoding"] as keyof typeof unpackers];
  return unpacker === undefined ? answer : answer.pipe(unpacker());
}
