import type { Report } from "@heatloop/core/report";
import { weekOf } from "@heatloop/core/time/calendar";
import type { Clock } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";
import { dateAfter, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { periodState, type ReportState, reportTopic } from "@heatloop/mqtt-discovery/report-states";
import { backgroundClock, inBackground } from "../base/background.ts";
import { inTurn } from "../base/in-turn.ts";
import type { Log } from "../base/log.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { onForgotten } from "../mqtt/on-forgotten.ts";
import type { Voice } from "../mqtt/voice.ts";
import { languageOf } from "../settings/report-language.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { EnergyReports } from "./energy-reports.ts";
import { reportText } from "./text.ts";

/** The controller tells yesterday's totals within the first minutes of the day, on its own clock. */
const afterHourMs = 10 * 60_000;
/** The start of the program has better things to do, and a heat pump needs a moment to be found. */
const firstAfterMs = 60_000;

/**
 * Publishes yesterday, the month so far and the texts of day and week of each heat pump, retained: a minute after the
 * start, ten minutes past each hour, and when settings change.
 */
export function startReportPublisher(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly mqtt: Mqtt;
  readonly zone: () => Zone;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly reports: Pick<EnergyReports, "report">;
  /** Of whoever has set none, such as Home Assistant's. */
  readonly language: () => string | undefined;
  readonly devices: () => readonly { readonly id: string; readonly name: string }[];
  readonly voice: Voice;
}): { close(): void } {
  const { log, mqtt, settings, reports } = parts;
  const clock = backgroundClock(parts.clock, log, "reports");
  const sent = new Map<string, string>();
  let failed = false;
  /** Another installation speaks for a heat pump, or it was not known yet who does. */
  let isSilent = false;
  let closed = false;
  let stopTimer = clock.after(firstAfterMs, tick);

  function tick(): void {
    publishAll();
    const now = clock.now();
    stopTimer = clock.after(hourMs - ((now - afterHourMs) % hourMs), tick);
  }

  const publishEach = inBackground(log, "reports", async () => {
    for (const device of parts.devices()) if (!closed) await publish(device);
  });
  const publishNext = inTurn(publishEach);

  function publishAll(): void {
    void publishNext();
  }

  async function publish(device: { readonly id: string; readonly name: string }): Promise<void> {
    try {
      const payload = JSON.stringify(await stateOf(device));
      failed = false;
      if (!parts.voice.speaksFor(device.id)) {
        sent.delete(device.id);
        isSilent = true;
        return;
      }
      if (sent.get(device.id) === payload || closed || !mqtt.connected()) return;
      if (await mqtt.publish(reportTopic(device.id), payload, { retain: true, qos: 0 })) sent.set(device.id, payload);
    } catch (error) {
      if (!failed) log.warn("yesterday's report cannot be made, it is tried again", { error: String(error) });
      failed = true;
    }
  }

  async function stateOf({ id, name }: { readonly id: string; readonly name: string }): Promise<ReportState> {
    const now = clock.now();
    const today = parts.zone().dateOf(now);
    const yesterday = previousDate(today);
    const { tariff, report: setting } = settings.current();
    const reader = { name, language: setting.language || languageOf([parts.language() ?? ""]) };
    const reportOf = (from: string, to: string): Promise<Report> => reports.report(id, { from, to, house: false }, now);
    const day = await reportOf(yesterday, yesterday);
    const sunday = lastSunday(today);
    return {
      yesterday: periodState(day),
      month: periodState(await reportOf(`${today.slice(0, 7)}-01`, today)),
      currency: tariff.currency,
      day_text: reportText(day, reader),
      week_text: reportText(await reportOf(dateAfter(sunday, -6), sunday), reader),
    };
  }

  const stops = [
    settings.onChange(publishAll),
    parts.voice.onChange(() => {
      if (!isSilent) return;
      isSilent = false;
      publishAll();
    }),
    onForgotten({ mqtt, clock }, () => {
      sent.clear();
      if (parts.devices().length > 0) publishAll();
    }),
  ];
  return {
    close() {
      closed = true;
      stopTimer();
      for (const stop of stops) stop();
    },
  };
}

/** The last Sunday before a date: the end of the last whole week (ISO 8601). */
function lastSunday(date: string): string {
  return previousDate(weekOf(date).from);
}
