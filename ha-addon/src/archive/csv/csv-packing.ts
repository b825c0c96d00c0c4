import type { Packing } from "./csv-name.ts";

/** As long as a day with a row a second: what is longer is no day's file, and never comes into memory. */
export const mostFileBytes = 32 * 1024 * 1024;

/** A file that is far longer than a day's, as it lies there or unpacked. */
export class FileTooLong extends Error {
  constructor(isPacked: boolean) {
    const size = `${mostFileBytes / 1024 / 1024} MB`;
    super(
      `${isPacked ? `unpacked it is longer than ${size}` : `it is longer than ${size}`}, which no day is: ` +
        "take it out of the archive",
    );
  }
}

/**
 * The bytes of a file as they were before it was compressed. Throws zlib's error where they are damaged, and
 * `FileTooLong` before more than `mostFileBytes` come out of it.
 */
export function unpacked(bytes: Buffer, packing: Packing | undefined): Buffer {
  if (packing === undefined) return bytes;
  const bound = { maxOutputLength: mostFileBytes };
  try {
    return packing === "zst" ? zlib().zstdDecompressSync(bytes, bound) : zlib().gunzipSync(bytes, bound);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? new FileTooLong(true) : error;
  }
}

/** The bytes of a file compressed with Zstandard: a day of minutes to about a quarter. */
export function packed(bytes: Uint8Array): Buffer {
  return zlib().zstdCompressSync(bytes);
}

/** Most archives have no compressed file, and loading it takes longer than reading one that is not. */
function zlib() {
  return process.getBuiltinModule("node:zlib");
}
