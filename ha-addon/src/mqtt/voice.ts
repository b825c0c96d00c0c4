import type { Stop } from "@heatloop/core/time/clock";

/** Of several installations that follow one heat pump, one speaks for it. */
export type Voice = {
  speaksFor(deviceId: string): boolean;
  /** Called when that may have changed. */
  onChange(work: () => void): Stop;
};
