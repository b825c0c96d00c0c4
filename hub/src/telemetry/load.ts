import type { BodySpaces } from "./body-space.ts";

/** How much this hub has to do at once. */
export type HubLoad = {
  /** Counts so many rows until what it hands back is called. */
  enter(rows: number): () => void;
  /** How long a home shall wait before it sends more of its past, s; 0: it need not. */
  slowDownS(): number;
};

/** So many rows at once are stored with hardly any wait. */
const rowsAtEase = 5_000;
/** A small machine stores at least so many. */
const rowsPerS = 5_000;
const longestS = 60;
/** A batch of a home that has much to send, as most that wait are. */
const rowsOfBody = 500;

/**
 * The more rows wait, the longer homes are asked to wait; a home's rows of today go on all the same. `spaces`: where bodies wait that were
 * not read yet.
 */
export function newLoad(spaces: BodySpaces): HubLoad {
  let waiting = 0;
  return {
    enter(rows) {
      waiting += rows;
      let isIn = true;
      return () => {
        if (isIn) waiting -= rows;
        isIn = false;
      };
    },
    slowDownS() {
      const unread = (spaces.uncompressing.waiting() + spaces.storing.waiting()) * rowsOfBody;
      return Math.min(longestS, Math.ceil(Math.max(0, waiting + unread - rowsAtEase) / rowsPerS));
    },
  };
}
