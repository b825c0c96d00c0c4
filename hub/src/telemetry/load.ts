/** How much this hub has to do at once. */
export type HubLoad = {
  /** Counts a request until what it hands back is called. */
  enter(): () => void;
  /** How long a home shall wait before it sends more of its past, s; 0: it need not. */
  slowDownS(): number;
};

/** So many requests at once go on without waiting for a connection to the database. */
const atEase = 10;
const perSecond = 5;
const longestS = 60;

/** The more requests wait, the longer homes are asked to wait; a home's rows of today go on all the same. */
export function newLoad(): HubLoad {
  let requests = 0;
  return {
    enter() {
      requests += 1;
      let isIn = true;
      return () => {
        if (isIn) requests -= 1;
        isIn = false;
      };
    },
    slowDownS: () => Math.min(longestS, Math.ceil(Math.max(0, requests - atEase) / perSecond)),
  };
}
