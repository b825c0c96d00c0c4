import { Readable } from "node:stream";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { type AnyReply, sendBody } from "./parts.ts";

/** Enough for a fast download: the default of 64 kB costs two thirds of the speed. */
const batchLength = 256 * 1024;
/** Each holds two days' files in memory, whatever its client does. */
const mostStreams = 6;
/** A client that takes nothing for so long is hung up on. */
const stalledMs = minuteMs;

/** Text, or bytes of a file. */
export type Piece = string | Uint8Array;

/** Sends text as it comes. */
export type SendStream = (reply: AnyReply, type: string, pieces: AsyncIterable<Piece>) => never;

/**
 * Sends text as it comes, at any length in little memory: a few answers at a time, while the others wait in a queue.
 * An error before the first piece is answered as such; one later on breaks the connection off, so that half a file never
 * looks whole. A client that does not read is hung up on.
 */
export function limitedStreams(clock: Clock): SendStream {
  const permit = permits(mostStreams);

  async function* withPermit({ raw }: AnyReply, pieces: AsyncIterable<Piece>): AsyncIterable<Piece> {
    const release = await permit();
    try {
      if (raw.destroyed) return;
      for await (const batch of inBatches(pieces)) {
        const taken = clock.after(stalledMs, () => raw.destroy());
        try {
          yield batch;
        } finally {
          taken();
        }
      }
    } finally {
      release();
    }
  }

  return (reply, type, pieces) =>
    sendBody(reply, type, Readable.from(withPermit(reply, pieces), { objectMode: false, highWaterMark: batchLength }));
}

/**
 * Waits for one of so many permits, first come, first served; hands back what releases it. No queue of work: a stream is
 * no promise that ends, its reader takes it piece by piece.
 */
function permits(most: number): () => Promise<Stop> {
  const waiting: (() => void)[] = [];
  let free = most;
  const release = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    return release;
  };
}

/** Short texts together; bytes are read in pieces that are long enough. */
async function* inBatches(pieces: AsyncIterable<Piece>): AsyncIterable<Piece> {
  let batch = "";
  for await (const piece of pieces) {
    if (typeof piece !== "string") {
      yield piece;
      continue;
    }
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
