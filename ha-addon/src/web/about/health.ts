import { minuteMs } from "@heatloop/core/time/durations";
import type { z } from "zod";
import { connectionJson, dayJson } from "../json.ts";
import type { WebParts } from "../parts.ts";
import type { deviceHealthSchema, healthSchema, hubLinkSchema, influxStateSchema } from "./schemas.ts";

/** How the program, its connections, its archive and its heat pumps are, as the API writes it. */
export function healthJson(parts: WebParts): z.output<typeof healthSchema> {
  const { view, clock, version, settings } = parts;
  const zone = view.zone();
  const { mqtt, homeAssistant, archive } = view.health();
  const size = view.archiveSize();
  const trouble = settings.trouble();
  const isBroken = trouble !== undefined && trouble.mistakes.length > 0;
  const isWell = mqtt.state === "connected" && homeAssistant.state !== "away" && archive.state === "ok" && !isBroken;
  return {
    status: isWell ? "ok" : "degraded",
    version,
    time: zone.isoOf(clock.now()),
    time_zone: zone.name,
    mqtt: connectionJson(mqtt, zone),
    home_assistant: connectionJson(homeAssistant, zone),
    archive: {
      state: archive.state,
      detail: archive.detail,
      waiting_rows: archive.waitingRows,
      last_row: archive.lastRowAt === null ? null : zone.isoOf(archive.lastRowAt),
      bytes: size?.bytes ?? null,
      free_bytes: size?.freeBytes ?? null,
      days: size?.days ?? null,
    },
    influx: influxJson(parts),
    hub: hubJson(parts),
    devices: devicesJson(parts),
    settings: {
      state: isBroken ? "broken" : "ok",
      mistakes: [...(trouble?.mistakes ?? [])],
      unknown_keys: (trouble?.unknown ?? []).map(({ path }) => path || "?"),
      kept_aside: trouble?.keptAside ?? null,
    },
  };
}

function influxJson({ influx, view, clock }: WebParts): z.output<typeof influxStateSchema> {
  const { state, sentAt, unsentFrom, detail, refusedRows, skippedDays } = influx.state();
  return {
    state,
    last_sent: sentAt === null ? null : view.zone().isoOf(sentAt),
    behind_min: minutesSince(unsentFrom, clock.now()),
    detail,
    refused_rows: refusedRows,
    skipped_days: skippedDays,
    has_secret: influx.hasSecret(),
  };
}

function minutesSince(at: number | null, now: number): number | null {
  return at === null ? null : Math.max(0, Math.round((now - at) / minuteMs));
}

function hubJson({ hub, hubUplink, homeEvents, view, clock }: WebParts): z.output<typeof hubLinkSchema> {
  const { state, node, sentAt, detail, clockBehindS } = hub.state();
  const { state: rows, unsentFrom, refusedRows, skippedDays } = hubUplink.state();
  const events = homeEvents.state();
  return {
    state,
    node,
    last_sent: sentAt === null ? null : view.zone().isoOf(sentAt),
    detail,
    clock_behind_s: clockBehindS,
    rows,
    behind_min: minutesSince(unsentFrom, clock.now()),
    refused_rows: refusedRows,
    skipped_days: skippedDays,
    events_waiting: events?.waiting ?? 0,
    events_dropped: events?.dropped ?? 0,
    events_trouble: events?.trouble ?? null,
  };
}

function devicesJson({ view }: WebParts): z.output<typeof deviceHealthSchema>[] {
  const zone = view.zone();
  const time = (at: number | null) => (at === null ? null : zone.isoOf(at));
  return view.devices().map(({ id, online, lastSeenAt }) => {
    const today = view.status(id)?.today ?? null;
    const gaps = today === null ? null : dayJson(today, zone).gaps;
    return {
      id,
      online,
      last_seen: time(lastSeenAt),
      last_row: time(view.lastRowAt(id)),
      gaps_today: gaps?.map((gap) => ({ ...gap, end: zone.isoOf(Date.parse(gap.start) + gap.seconds * 1000) })) ?? null,
    };
  });
}
