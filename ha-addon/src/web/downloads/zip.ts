import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { ZipFile } from "yazl";

/** A file of a ZIP: its path there, when it is of (ms since the epoch), and its text. */
export type ZipEntry = {
  readonly path: string;
  readonly at: number;
  readonly text: Iterable<string> | AsyncIterable<string>;
};

/** What remains of a day of minutes, in half the time that the usual level takes. */
export const zippedShare = 0.25;
const compressionLevel = 3;

/**
 * The bytes of a ZIP of some files, made one after the other as they are taken: it never lies anywhere as a whole. An
 * error of an entry, and a reader who has gone, end all of it.
 */
export async function* zipBytes(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const { default: yazl } = await import("yazl");
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error) => output.destroy(error));
  const filling = fillZip(zip, entries, output).catch((error: Error) => {
    output.destroy(error);
  });
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    output.destroy();
    await filling;
  }
}

async function fillZip(zip: ZipFile, entries: AsyncIterable<ZipEntry>, output: Readable): Promise<void> {
  for await (const { path, at, text } of entries) {
    if (output.destroyed) return;
    const source = Readable.from(text, { objectMode: false });
    const end = () => source.destroy();
    output.once("close", end);
    zip.addReadStream(source, path, { mtime: new Date(at), compressionLevel });
    try {
      await finished(source);
    } catch (error) {
      // Ended as nobody takes any more.
      if (output.destroyed) return;
      throw error;
    } finally {
      output.off("close", end);
    }
  }
  zip.end();
}
