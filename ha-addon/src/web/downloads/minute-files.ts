import { Readable } from "node:stream";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import { bytesOfRows, lengthOfRows } from "../../archive/plain-bytes.ts";
import type { PlainRows } from "../../archive/plain-days.ts";
import { isKnownAnswer, sendNotModified, tagOf } from "../http/etag.ts";
import { type ByteSpan, markBytes, wantedBytes } from "../http/range-request.ts";
import { type AnyReply, nameDownload, sendBody } from "../parts.ts";
import type { SendStream } from "../stream.ts";

const header = Buffer.from(`${minutesHeader}\n`);

/**
 * Sends rows as they lie in the archive, below one header: their length is known, so that a browser shows how far it is,
 * and a download that broke off goes on where it was.
 */
export function sendMinuteFiles(
  request: FastifyRequest,
  reply: AnyReply,
  rows: readonly PlainRows[],
  how: { readonly fileName: string; readonly sendStream: SendStream },
): never {
  const tag = tagOf(["minute files", minutesHeader, rows]);
  if (isKnownAnswer(request, reply, tag)) return sendNotModified(reply);
  const length = header.length + lengthOfRows(rows);
  const wanted = wantedBytes(request, { length, tag });
  if (wanted === "none") {
    throw new Problem(416, `The file has ${length} bytes.`, [], { "content-range": `bytes */${length}` });
  }
  const bytes = markBytes(reply, wanted, length);
  nameDownload(reply, how.fileName);
  const type = "text/csv; charset=utf-8";
  // Fastify would read all of it only to throw it away, and takes an answer without a body for one of no length.
  if (request.method === "HEAD") return sendBody(reply, type, Readable.from([]));
  return how.sendStream(reply, type, piecesOf(rows, bytes));
}

async function* piecesOf(rows: readonly PlainRows[], { from, to }: ByteSpan): AsyncGenerator<Uint8Array> {
  if (from < header.length) yield header.subarray(from, to);
  yield* bytesOfRows(rows, from - header.length, to - header.length);
}
