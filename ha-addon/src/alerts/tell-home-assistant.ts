import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { Stop } from "@heatloop/core/time/clock";
import { dayMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Log } from "@heatloop/program/log";
import { messageOf } from "@heatloop/program/log";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { Alert } from "./alert.ts";
import type { AlertEvent } from "./alert-event.ts";
import { newsOf } from "./alert-news.ts";
import { alertSentence } from "./alert-sentence.ts";
import type { LiveAlerts } from "./live-alerts.ts";
import { ruleIdOf } from "./rules/alert-timing.ts";

/** Fired in Home Assistant with what happened to an alert. */
const eventType = "heatloop_alert";
/** So many of those that ended while Home Assistant was away may still be shown there. */
const mostDismissed = 50;

type Parts = {
  readonly alerts: Pick<LiveAlerts, "active" | "ended" | "onEvent">;
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "send" | "onConnected">;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly language: () => HomeLanguage;
};

/**
 * Shows each alert as a notification in Home Assistant, which goes when the alert is over, seen or snoozed, and fires an
 * event there for automations; nothing of it where the settings say so. What it cannot be told while it is away is made
 * up for when it is back, but for events: an automation would take them for news.
 */
export function tellHomeAssistant(parts: Parts): Stop {
  const { alerts, homeAssistant, settings, log } = parts;
  const isWanted = () => settings.current().alerts.notify_home_assistant;
  const refused = new Set<string>();

  async function send(message: { readonly type: string; readonly [key: string]: unknown }): Promise<void> {
    if (!homeAssistant.connected()) return;
    try {
      await homeAssistant.send(message);
      refused.delete(message.type);
    } catch (error) {
      if (refused.has(message.type) || !homeAssistant.connected()) return;
      refused.add(message.type);
      log.warn("Home Assistant does not take alerts: is its token an administrator's?", { error: messageOf(error) });
    }
  }

  const show = (alert: Alert) => {
    const message = escaped(alertSentence(alert.problem, parts.language()));
    const title = escaped(alert.deviceName ?? "Heatloop");
    return send(notification("create", alert.id, { title, message }));
  };
  const dismiss = (id: string) => send(notification("dismiss", id));

  function tell(event: AlertEvent): void {
    if (!isWanted() || isAboutHomeAssistant(event.alert)) return;
    const news = newsOf(event, parts.language());
    if (news !== undefined) void send(fired(news, parts.zone()));
    if (event.kind === "raised" || event.kind === "reminded") void show(event.alert);
    else void dismiss(event.alert.id);
  }

  /** Home Assistant forgets its notifications when it restarts. */
  function showAll(): void {
    if (!isWanted()) return;
    const active = alerts.active();
    const shown = active.filter((alert) => isNews(alert) && !isAboutHomeAssistant(alert));
    const ended = alerts.ended().filter(({ endedAt }) => endedAt > (alerts.ended()[0]?.endedAt ?? 0) - dayMs);
    const over = new Set(ended.slice(0, mostDismissed).map(({ id }) => id));
    for (const { id } of active) over.delete(id);
    for (const id of over) void dismiss(id);
    for (const alert of shown) void show(alert);
  }

  const stops = [
    alerts.onEvent(tell),
    homeAssistant.onConnected(showAll),
    settings.onChange((now, before) => {
      if (now.alerts.notify_home_assistant === before.alerts.notify_home_assistant) return;
      if (now.alerts.notify_home_assistant) showAll();
      else for (const { id } of alerts.active()) void dismiss(id);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Whether nobody has seen an alert or put it off. */
function isNews({ acknowledged, snoozedUntil }: Alert): boolean {
  return acknowledged === null && snoozedUntil === null;
}

/** It cannot be told that it is away, and once it can be told it is not. */
function isAboutHomeAssistant({ id }: Alert): boolean {
  return ruleIdOf(id) === "home_assistant";
}

function fired(news: NonNullable<ReturnType<typeof newsOf>>, zone: Zone) {
  const { kind, id, severity, message, device, deviceName, sinceAt, at } = news;
  const data = { kind, id, severity, message, device, device_name: deviceName };
  return {
    type: "fire_event",
    event_type: eventType,
    event_data: { ...data, since: zone.isoOf(sinceAt), at: zone.isoOf(at) },
  };
}

function notification(service: "create" | "dismiss", id: string, data: object = {}) {
  const service_data = { notification_id: `heatloop/${id}`, ...data };
  return { type: "call_service", domain: "persistent_notification", service, service_data };
}

/** A text that Home Assistant shows as it is, though it reads notifications as Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*[\]<>]/g, "\\$&");
}
