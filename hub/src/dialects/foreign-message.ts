import type { NodeOfTenant } from "../telemetry/devices.ts";

/** What a system has published, with its topic as the system has it. */
export type ForeignMessage = {
  readonly topic: string;
  readonly payload: Buffer;
  /** When it came, ms since the epoch. */
  readonly arrivedAt: number;
  /** Whether the broker had kept it: nobody knows since when. */
  readonly isRetained: boolean;
};

/** The same with the node that it belongs to. */
export type SentMessage = ForeignMessage & { readonly sender: NodeOfTenant };
