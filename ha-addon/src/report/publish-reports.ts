import type { Report } from "@heatloop/core/report";
import { weekOf } from "@heatloop/core/time/calendar";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { dateAfter, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { periodState, type ReportState, reportTopic } from "@heatloop/mqtt-discovery/report-states";
import { backgroundClock, inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { queued } from "../base/queue.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { onForgotten } from "../mqtt/on-forgotten.ts";
import type { PublishingRight } from "../mqtt/publishing-right.ts";
import { languageOf } from "../settings/report-language.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { EnergyReports } from "./energy-reports.ts";
import { reportText } from "./text.ts";

/** The controller reports yesterday's totals within the first minutes of the day, on its own clock. */
const afterHourMs = 10 * minuteMs;
/** The start of the program has better things to do, and a heat pump needs a moment to be found. */
const firstAfterMs = minuteMs;

type PublisherParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly mqtt: Mqtt;
  readonly zone: () => Zone;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly reports: Pick<EnergyReports, "reports">;
  /** Of whoever has set none, such as Home Assistant's. */
  readonly language: () => string | undefined;
  readonly devices: () => readonly Device[];
  readonly publishingRight: PublishingRight;
};

type Device = { readonly id: string; readonly name: string };

/** What is published by now. */
type Published = {
  /** The payload by device. */
  readonly sent: Map<string, string>;
  /** Another installation publishes for a heat pump, or it was not known yet who does. */
  isSilent: boolean;
  /** The heat pumps whose last report could not be made. */
  readonly failed: Set<string>;
  isClosed: boolean;
};

/**
 * Publishes yesterday, the month so far and the texts of day and week of each heat pump, retained: a minute after the
 * start, ten minutes past each hour, and when settings change.
 */
export function startReportPublisher(parts: PublisherParts): { close(): void } {
  const { log, mqtt, settings } = parts;
  const clock = backgroundClock(parts.clock, log, "reports");
  const published: Published = { sent: new Map(), failed: new Set(), isSilent: false, isClosed: false };
  const publishEach = inBackground(log, "reports", async () => {
    const devices = parts.devices();
    for (const id of published.sent.keys()) if (!devices.some((device) => device.id === id)) published.sent.delete(id);
    for (const device of devices) if (!published.isClosed) await publish(parts, published, device);
  });
  const publishQueued = queued(publishEach);
  const publishAll = () => void publishQueued();
  const stops = [
    everyHour(clock, publishAll),
    settings.onChange(publishAll),
    parts.publishingRight.onChange(() => {
      if (!published.isSilent) return;
      published.isSilent = false;
      publishAll();
    }),
    onForgotten({ mqtt, clock }, () => {
      published.sent.clear();
      if (parts.devices().length > 0) publishAll();
    }),
  ];
  return {
    close() {
      published.isClosed = true;
      for (const stop of stops) stop();
    },
  };
}

/** Runs work soon after the start, and then ten minutes past each hour. */
function everyHour(clock: Clock, work: () => void): Stop {
  let stop = clock.after(firstAfterMs, tick);
  function tick(): void {
    work();
    stop = clock.after(hourMs - ((clock.now() - afterHourMs) % hourMs), tick);
  }
  return () => stop();
}

async function publish(parts: PublisherParts, published: Published, device: Device): Promise<void> {
  const { log, mqtt, publishingRight } = parts;
  const { sent, failed } = published;
  try {
    const payload = JSON.stringify(await stateOf(parts, device));
    failed.delete(device.id);
    // It may have gone while its report was made, and what is published of it with it.
    if (!parts.devices().some(({ id }) => id === device.id)) return;
    if (!publishingRight.mayPublishFor(device.id)) {
      sent.delete(device.id);
      published.isSilent = true;
      return;
    }
    if (sent.get(device.id) === payload || published.isClosed || !mqtt.connected()) return;
    if (await mqtt.publish(reportTopic(device.id), payload, { retain: true, qos: 0 })) sent.set(device.id, payload);
  } catch (error) {
    if (!failed.has(device.id)) {
      log.warn("the report of a heat pump cannot be made; it is tried again", {
        device: device.id,
        error: String(error),
      });
    }
    failed.add(device.id);
  }
}

async function stateOf(parts: PublisherParts, { id, name }: Device): Promise<ReportState> {
  const now = parts.clock.now();
  const today = parts.zone().dateOf(now);
  const yesterday = previousDate(today);
  const sunday = lastSunday(today);
  const spans = [
    { from: yesterday, to: yesterday },
    { from: `${today.slice(0, 7)}-01`, to: today },
    { from: dateAfter(sunday, -6), to: sunday },
  ];
  const { tariff, report: setting } = parts.settings.current();
  const reader = { name, language: setting.language || languageOf([parts.language() ?? ""]) };
  const requests = spans.map((span) => ({ ...span, house: false }));
  const [day, month, week] = (await parts.reports.reports(id, requests, now)) as [Report, Report, Report];
  return {
    yesterday: periodState(day),
    month: periodState(month),
    currency: tariff.currency,
    day_text: reportText(day, reader),
    week_text: reportText(week, reader),
  };
}

/** The last Sunday before a date: the end of the last whole week (ISO 8601). */
function lastSunday(date: string): string {
  return previousDate(weekOf(date).from);
}
