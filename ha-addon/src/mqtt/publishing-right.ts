import type { Stop } from "@heatloop/core/time/clock";

/** Of several installations that follow one heat pump, only one publishes for it. */
export type PublishingRight = {
  /** Whether this installation does. */
  mayPublishFor(deviceId: string): boolean;
  /** Called when that may have changed. */
  onChange(work: () => void): Stop;
};
