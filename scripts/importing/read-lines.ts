import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** A line of a text file without its end; `ended` is false for a last one that has none. */
export type Line = {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly ended: boolean;
  /** Share of the file that is read, 0 to 1. */
  readonly share: number;
};

const chunkBytes = 1 << 18;

/** The lines of a file, a piece at a time; a BOM is left out. Throws the disk's error. */
export function* readLines(path: string): Generator<Line> {
  const fd = openSync(path, "r");
  try {
    const size = Math.max(1, fstatSync(fd).size);
    const bytes = Buffer.alloc(chunkBytes);
    const decoder = new StringDecoder("utf8");
    let rest = "";
    let line = 0;
    let read = 0;
    for (;;) {
      const count = readSync(fd, bytes, 0, chunkBytes, null);
      if (count === 0) break;
      read += count;
      const share = Math.min(1, read / size);
      const lines = (rest + decoder.write(bytes.subarray(0, count))).split("\n");
      rest = lines.pop() ?? "";
      for (const each of lines) {
        line += 1;
        yield { text: clean(each, line), line, ended: true, share };
      }
    }
    rest += decoder.end();
    if (rest !== "") yield { text: clean(rest, line + 1), line: line + 1, ended: false, share: 1 };
  } finally {
    closeSync(fd);
  }
}

function clean(text: string, line: number): string {
  const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
  return line === 1 && whole.startsWith("\uFEFF") ? whole.slice(1) : whole;
}
