import type { Stop } from "@heatloop/core/clock";

/** An entity of Home Assistant as it stands; times in ms since the epoch. */
export type EntityState = {
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly lastReported: number;
};

/** Home Assistant, as the program's features need it. */
export type HomeAssistant = {
  connected(): boolean;
  /** Follows entities; `take` gets undefined for one that does not exist (any more). Kept over reconnects. */
  follow(entities: readonly string[], take: (entity: string, state: EntityState | undefined) => void): Stop;
  /** Time zone and unit system of the installation, once known. */
  config(): { readonly timeZone: string; readonly temperatureUnit: "°C" | "°F" } | undefined;
  onConnected(work: () => void): Stop;
  close(): Promise<void>;
};
