/** Ends what was started. */
export type Stop = () => void;

/** The time, in ms since the epoch, and timers; the only source of time in every program here. */
export type Clock = {
  now(): number;
  /** Runs `work` once, `ms` from now. */
  after(ms: number, work: () => void): Stop;
  /** Runs `work` each `ms`, first after `ms`. */
  every(ms: number, work: () => void): Stop;
};
