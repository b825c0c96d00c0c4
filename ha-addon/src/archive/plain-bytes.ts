import { open } from "node:fs/promises";
import type { PlainRows } from "./plain-days.ts";

/** Enough for a fast download, and little memory. */
const pieceBytes = 64 * 1024;

/** How many bytes rows are, one file after the other. */
export function lengthOfRows(rows: readonly PlainRows[]): number {
  return rows.reduce((sum, { from, to }) => sum + to - from, 0);
}

/**
 * The bytes of rows, one file after the other, from one place of the whole to another, which is not included; one file
 * is open at a time, until the last of it is taken or nobody wants more. Throws where a file has changed meanwhile.
 */
export async function* bytesOfRows(rows: readonly PlainRows[], from: number, to: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const file of rows) {
    const end = at + file.to - file.from;
    if (end > from && at < to) {
      yield* bytesOfFile(file, file.from + Math.max(0, from - at), file.to - Math.max(0, end - to));
    }
    at = end;
  }
}

async function* bytesOfFile({ path, state }: PlainRows, from: number, to: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { size, mtimeMs, ctimeMs } = await file.stat();
    if (`${size} ${mtimeMs} ${ctimeMs}` !== state) throw new Error("a file of the archive changed while it was sent");
    for (let at = from; at < to; ) {
      const wanted = Math.min(pieceBytes, to - at);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(wanted), 0, wanted, at);
      if (bytesRead === 0) throw new Error("a file of the archive became shorter while it was sent");
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
