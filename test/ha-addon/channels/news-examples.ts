import type { AlertNews } from "@heatloop/ha-addon/alerts/alert-news";
import { type ChannelMessage, messageOf } from "@heatloop/ha-addon/channels/message";

export const newsAt = Date.parse("2026-11-21T12:00:00+01:00");

/** A heat pump that went offline five minutes before `newsAt`. */
export const offlineNews: AlertNews = {
  kind: "raised",
  id: "offline/hp",
  severity: "error",
  message: "Hp is offline",
  device: "hp",
  deviceName: "Hp",
  sinceAt: newsAt - 300_000,
  at: newsAt,
};

/** A message of a channel named `hook`; what is not given is that of the heat pump that went offline. */
export function exampleMessage(news: Partial<AlertNews> = {}): ChannelMessage {
  return messageOf("inst0001", "hook", { ...offlineNews, ...news });
}
