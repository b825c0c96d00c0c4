import { getHeapStatistics } from "node:v8";

/** Of a body, as it is and uncompressed: a week of a heat pump's minutes and more. */
export const largestBodyBytes = 2 * 1024 * 1024;

/** Measured: what is made of a text until it is stored takes some twenty times as much. */
const heapPerByte = 32;
const mostStoredBytes = 64 * 1024 * 1024;
/** Beside the heap. */
const uncompressedAtOnce = 4;

/** Space for some bytes at once, so that the hub's memory is bounded. */
export type Space = {
  /**
   * Resolves once there is space for so many bytes, in the order of those who ask, with what gives it back, once. Who wants more than all
   * of it has it alone.
   */
  enter(bytes: number): Promise<() => void>;
  /** How many wait. */
  waiting(): number;
};

/** Space for what homes have sent: while it is uncompressed, and from then until it is stored. */
export type BodySpaces = { readonly uncompressing: Space; readonly storing: Space };

/** As much as the program's heap has space for. */
export function bodySpacesOfHeap(heapBytes = getHeapStatistics().heap_size_limit): BodySpaces {
  const stored = Math.min(mostStoredBytes, Math.max(largestBodyBytes, heapBytes / heapPerByte));
  return { uncompressing: newSpace(uncompressedAtOnce * largestBodyBytes), storing: newSpace(stored) };
}

export function newSpace(mostBytes: number): Space {
  const waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  let used = 0;

  function letIn(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (used > 0 && used + next.bytes > mostBytes) return;
      waiting.shift();
      used += next.bytes;
      next.go();
    }
  }

  function leaving(bytes: number): () => void {
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      used -= bytes;
      letIn();
    };
  }

  return {
    enter(bytes) {
      return new Promise((resolve) => {
        waiting.push({ bytes, go: () => resolve(leaving(bytes)) });
        letIn();
      });
    },
    waiting: () => waiting.length,
  };
}
