import { measured, measuredCores } from "./measured.ts";

/** An outage of hub or broker, after which homes come back and send what they have kept. */
export type Outage = {
  readonly homes: number;
  readonly minutes: number;
  readonly cores: number;
  /** Homes come back at random times within so many seconds. */
  readonly spreadS: number;
};

/** How a hub gets over it. */
export type OutageEnd = {
  /** Until every home has sent its newest row, s. */
  readonly liveAgainS: number;
  /** Until no home has a row of the outage left; undefined: never, as more rows come than can be stored. */
  readonly caughtUpS: number | undefined;
  /** Rows that wait at homes, at most. */
  readonly mostRowsAtHomes: number;
};

const longestS = 30 * 86_400;

/**
 * Simulates an outage second by second: each home has a row a minute, sends its newest first, and its past with what
 * the hub has left, as homes do that the hub asks to slow down.
 */
export function recoveryAfter({ homes, minutes, cores, spreadS }: Outage): OutageEnd {
  const livePerS = (cores / measuredCores) * measured.liveRowsPerS;
  const pastPerS = (cores / measuredCores) * measured.caughtUpRowsPerS;
  let past = 0;
  let live = 0;
  let mostRowsAtHomes = homes * minutes;
  let liveAgainS: number | undefined;
  for (let second = 1; second <= longestS; second += 1) {
    if (second <= spreadS) {
      live += homes / spreadS;
      past += (homes / spreadS) * (minutes - 1);
    }
    const back = Math.min(1, second / spreadS);
    live += (homes * back) / 60;
    const share = Math.min(1, live / livePerS);
    live -= share * livePerS;
    past = Math.max(0, past - (1 - share) * pastPerS);
    const atHomes = live + past + homes * (1 - back) * (minutes + second / 60);
    mostRowsAtHomes = Math.max(mostRowsAtHomes, atHomes);
    if (back < 1) continue;
    if (live < 1 && liveAgainS === undefined) liveAgainS = second;
    if (live < 1 && past < 1) return { liveAgainS: liveAgainS ?? second, caughtUpS: second, mostRowsAtHomes };
  }
  return { liveAgainS: liveAgainS ?? longestS, caughtUpS: undefined, mostRowsAtHomes };
}
