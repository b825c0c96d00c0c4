import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import {
  type AlertMessage,
  type AlertsState,
  alertsTopic,
  alertTopic,
} from "@heatloop/mqtt-discovery/alert-components";
import { backgroundClock } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { onForgotten } from "../mqtt/on-forgotten.ts";
import type { PublishingRight } from "../mqtt/publishing-right.ts";
import type { Alert } from "./alert.ts";
import type { AlertNews } from "./alert-news.ts";
import { alertSentence } from "./alert-sentence.ts";
import type { LiveAlerts } from "./live-alerts.ts";
import { ruleIdOf } from "./rules/alert-timing.ts";

/** Texts and figures of alerts change without an event. */
const lookEachMs = 30 * secondMs;
/** More are not written out: Home Assistant keeps 16 kB of attributes. */
const mostListed = 20;

type Parts = {
  readonly alerts: Pick<LiveAlerts, "active" | "onNews">;
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly language: () => HomeLanguage;
  /** The ids of the heat pumps that are followed. */
  readonly devices: () => readonly string[];
  readonly publishingRight: PublishingRight;
};

/**
 * Publishes for each heat pump that this installation publishes for what is wrong with it and with the program: retained,
 * when it changes and at each connection, and what happens to an alert as it happens.
 */
export function publishAlerts(parts: Parts): Stop {
  const { alerts, mqtt, publishingRight } = parts;
  const clock = backgroundClock(parts.clock, parts.log, "alerts on MQTT");
  const sent = new Map<string, string>();

  function publishState(device: string, active: readonly Alert[]): void {
    if (!publishingRight.mayPublishFor(device)) return void sent.delete(device);
    const payload = JSON.stringify(stateOf(device, active, parts));
    if (sent.get(device) === payload || !mqtt.connected()) return;
    sent.set(device, payload);
    void mqtt.publish(alertsTopic(device), payload, { retain: true, qos: 0 }).then((done) => {
      if (!done && sent.get(device) === payload) sent.delete(device);
    });
  }

  function publishStates(): void {
    const active = alerts.active();
    const devices = parts.devices();
    for (const device of sent.keys()) if (!devices.includes(device)) sent.delete(device);
    for (const device of devices) publishState(device, active);
  }

  function publishNews(news: AlertNews): void {
    const payload = JSON.stringify(messageOf(news, parts.zone()));
    for (const device of parts.devices()) {
      if (!isOf(news, device) || !publishingRight.mayPublishFor(device)) continue;
      void mqtt.publish(alertTopic(device), payload, { retain: false, qos: 1 });
    }
    publishStates();
  }

  const stops = [
    alerts.onNews(publishNews),
    clock.every(lookEachMs, publishStates),
    publishingRight.onChange(publishStates),
    onForgotten({ mqtt, clock }, () => {
      sent.clear();
      publishStates();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Whether an alert is shown at a heat pump: its own, and those of the program. That the broker is away cannot be told there,
 * and once it can be told it is not.
 */
function isOf({ id, device: own }: Pick<Alert, "id" | "device">, device: string): boolean {
  return (own === null && ruleIdOf(id) !== "mqtt") || own === device;
}

function stateOf(device: string, active: readonly Alert[], { zone, language }: Parts): AlertsState {
  const shown = active.filter((alert) => isOf(alert, device));
  return {
    problems: shown.filter(({ severity }) => severity !== "info").length,
    alerts: shown.slice(0, mostListed).map(({ id, severity, problem, sinceAt }) => ({
      id,
      severity,
      message: alertSentence(problem, language()),
      since: zone().isoOf(sinceAt),
    })),
  };
}

function messageOf({ kind, id, severity, message, sinceAt, at }: AlertNews, zone: Zone): AlertMessage {
  return { event_type: kind, id, severity, message, since: zone.isoOf(sinceAt), at: zone.isoOf(at) };
}
