import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertSituation, DeviceSituation, ZoneFeedSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { alertSentence } from "@heatloop/ha-addon/alerts/alert-sentence";
import { alertsOf } from "@heatloop/ha-addon/alerts/alerts";
import type { ConnectionHealth, Health } from "@heatloop/ha-addon/alerts/health";

/** The moment of every situation. */
export const at = Date.parse("2026-11-21T12:00:00Z");

const connected: ConnectionHealth = { state: "connected", sinceAt: at - 1000, detail: null };
export const well: Health = {
  mqtt: connected,
  homeAssistant: connected,
  archive: { state: "ok", detail: null, waitingRows: 0, lastRowAt: at },
};
const okFeed: ZoneFeedSituation = { zone: 1, state: "ok", remarks: [], since: at, feederRemarks: [], rooms: [] };
export const device: DeviceSituation = {
  id: "hp",
  name: "Ecodan",
  online: true,
  prefix: "home/hp",
  offlineSince: null,
  hasStatus: true,
  followedAt: at - 60 * minuteMs,
  firstSeen: at - 60 * minuteMs,
  lastSeen: at - 5000,
  fault: null,
  fallingTotal: null,
  missingPoints: [],
  unknownTopics: [],
  unknownTexts: [],
  keptCommands: [],
  frequentCommands: [],
  feeds: [okFeed],
};
export const allWell: AlertSituation = {
  at,
  health: well,
  settingsTrouble: null,
  ownersTrouble: null,
  priceProblems: [],
  notices: [],
  offlineMin: 15,
  devices: [device],
};

export const away = (detail: string | null): ConnectionHealth => ({
  state: "away",
  sinceAt: at - 5 * minuteMs,
  detail,
});
export const withHealth = (health: Partial<Health>): AlertSituation => ({ ...allWell, health: { ...well, ...health } });
export const withDevice = (more: Partial<DeviceSituation>): AlertSituation => ({
  ...allWell,
  devices: [{ ...device, ...more }],
});
export const withFeed = (more: Partial<ZoneFeedSituation>): AlertSituation =>
  withDevice({ feeds: [{ ...okFeed, ...more }] });

/** The alerts of a situation with their sentences, as an English home reads them. */
export function readAlerts(situation: AlertSituation) {
  return alertsOf(situation, []).map(({ problem, ...alert }) => ({ ...alert, message: alertSentence(problem, "en") }));
}
