import { secondMs } from "@heatloop/core/time/durations";
import type { z } from "zod";
import type { WebParts } from "../parts.ts";
import type { statsSchema } from "./schemas.ts";

/** What the program has done since it started, as the API writes it. */
export function statsJson(parts: WebParts & { readonly liveClients: () => number }): z.output<typeof statsSchema> {
  const { view, clock, liveClients } = parts;
  const stats = view.stats();
  return {
    started: view.zone().isoOf(stats.startedAt),
    uptime_s: Math.max(0, Math.round((clock.now() - stats.startedAt) / secondMs)),
    mqtt_messages: stats.mqttMessages,
    readings: stats.readings,
    minutes_written: stats.minutesWritten,
    transitions_written: stats.transitionsWritten,
    memory_bytes: stats.memoryBytes,
    live_clients: liveClients(),
  };
}
