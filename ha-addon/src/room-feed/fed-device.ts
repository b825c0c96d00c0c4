import type { PointId } from "@heatloop/core/catalogue/points";
import type { Reading, Value } from "@heatloop/core/catalogue/reading";
import type { Stop } from "@heatloop/core/time/clock";

/** The heat pump, as the feed needs it. */
export type FedDevice = {
  readonly id: string;
  /** Whether it may be sent anything: where another Heatloop publishes for it, that one feeds it. */
  mayBeFed(): boolean;
  /** Sends a command, never retained; false where it did not leave. */
  send(point: PointId, value: number | string): Promise<boolean>;
  value(point: PointId): Value;
  online(): boolean | null;
  onReading(take: (reading: Reading) => void): Stop;
};
