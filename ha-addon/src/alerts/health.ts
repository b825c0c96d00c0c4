import type { CsvHealth } from "../archive/csv/csv-files.ts";
import type { HomeAssistantStatus } from "../home-assistant/home-assistant.ts";
import type { MqttStatus } from "../mqtt/stay-connected.ts";

export type ConnectionHealth = {
  /** `off`: not configured. */
  readonly state: "connected" | "away" | "off";
  readonly sinceAt: number | null;
  /** Why it is away, for a person; holds no secret. */
  readonly detail: string | null;
};

export type Health = {
  readonly mqtt: ConnectionHealth;
  readonly homeAssistant: ConnectionHealth;
  readonly archive: {
    readonly state: "ok" | "failing";
    readonly detail: string | null;
    /** Rows that wait in memory for the disk. */
    readonly waitingRows: number;
    readonly lastRowAt: number | null;
  };
};

/** How broker, Home Assistant and archive are, in words where something is wrong with one of them. */
export function healthView(parts: {
  readonly broker: MqttStatus;
  /** What the broker does not let the program do, a sentence each. */
  readonly limits: readonly string[];
  /** undefined: none is configured. */
  readonly assistant: HomeAssistantStatus | undefined;
  /** Why statistics are not written; null where they are. */
  readonly statistics: string | null;
  readonly disk: CsvHealth;
  /** When the newest row was written, ms since the epoch. */
  readonly lastRowAt: number | null;
}): Health {
  const { broker, assistant, disk, lastRowAt } = parts;
  const limited = parts.limits.join("; ") || null;
  return {
    mqtt: {
      state: broker.connected ? "connected" : "away",
      sinceAt: broker.since,
      detail: broker.lastError ?? limited,
    },
    homeAssistant:
      assistant === undefined
        ? { state: "off", sinceAt: null, detail: null }
        : {
            state: assistant.connected ? "connected" : "away",
            sinceAt: assistant.since,
            detail: (assistant.connected ? parts.statistics : null) ?? assistant.lastError,
          },
    archive: { state: disk.ok ? "ok" : "failing", detail: disk.reason, waitingRows: disk.buffered, lastRowAt },
  };
}
