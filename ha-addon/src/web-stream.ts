import { Readable } from "node:stream";
import { type AnyReply, sendBody } from "./web-parts.ts";

/** Enough for a fast download: the default of 64 kB costs two thirds of the speed. */
const batchLength = 256 * 1024;

/**
 * Sends text as it comes, at any length in little memory. An error before the first piece is answered as such; one
 * later on breaks the connection off, so that half a file never looks whole.
 */
export function sendStream(reply: AnyReply, type: string, pieces: AsyncIterable<string>): never {
  return sendBody(reply, type, Readable.from(inBatches(pieces), { objectMode: false, highWaterMark: batchLength }));
}

async function* inBatches(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let batch = "";
  for await (const piece of pieces) {
    batch += piece;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = "";
  }
  if (batch !== "") yield batch;
}

/** The items as a JSON list, one a line. */
export async function* jsonList<T>(items: AsyncIterable<T>, textOf: (item: T) => string): AsyncIterable<string> {
  let separator = "[\n";
  for await (const item of items) {
    yield separator + textOf(item);
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]" : "\n]";
}
