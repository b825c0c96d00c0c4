import { minuteMs } from "./durations.ts";

/** Minutes east of UTC at a time, ms since the epoch. */
type OffsetAt = (at: number) => number;

/** Since 2012 offsets change at quarter hours only (but for Antarctica/Casey, a minute late), and never twice a day. */
export const quarterMs = 15 * minuteMs;
/** Six hours: too short for an offset to change and change back. */
const blockQuarters = 24;
/** So many blocks are remembered: seven years. */
const blocksKept = 10_000;

/** The offset of the zone that the process runs in. */
export function offsetOfMachine(at: number): number {
  return 0 - new Date(at).getTimezoneOffset();
}

/** The offset of the zone of an IANA name, read from a formatted date; undefined where there is none of that name. */
export function offsetByFormat(name: string): OffsetAt | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    return (at) => readOffset(format.format(at));
  } catch {
    return undefined;
  }
}

function readOffset(text: string): number {
  const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text);
  if (match?.[1] === undefined) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}

/** The same offset, remembered: a block of quarter hours that begins and ends with one offset has it throughout. */
export function rememberedOffsets(offsetAtTime: OffsetAt): OffsetAt {
  let quarterNow = Number.NaN;
  let offsetNow = 0;
  /** Offsets at the starts of blocks of quarters. */
  const offsets = new Map<number, number>();
  const offsetAt = (quarter: number) => offsetAtTime(quarter * quarterMs);

  function offsetAtBlock(block: number): number {
    const known = offsets.get(block);
    if (known !== undefined) return known;
    if (offsets.size >= blocksKept) offsets.clear();
    const offset = offsetAt(block * blockQuarters);
    offsets.set(block, offset);
    return offset;
  }

  return (at) => {
    const quarter = Math.floor(at / quarterMs);
    if (quarter === quarterNow) return offsetNow;
    const block = Math.floor(quarter / blockQuarters);
    const offset = offsetAtBlock(block);
    offsetNow = offset === offsetAtBlock(block + 1) ? offset : offsetAt(quarter);
    quarterNow = quarter;
    return offsetNow;
  };
}
