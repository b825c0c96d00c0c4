import type { Packing } from "./csv-name.ts";

/** The bytes of a file as they were before it was compressed. Throws zlib's error where they are damaged. */
export function unpacked(bytes: Buffer, packing: Packing | undefined): Buffer {
  switch (packing) {
    case undefined:
      return bytes;
    case "zst":
      return zlib().zstdDecompressSync(bytes);
    case "gz":
      return zlib().gunzipSync(bytes);
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
