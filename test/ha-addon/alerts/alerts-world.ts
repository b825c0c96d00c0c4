import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertSituation, DeviceSituation, ZoneFeedSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { alertSentence } from "@heatloop/ha-addon/alerts/alert-sentence";
import { findAlerts } from "@heatloop/ha-addon/alerts/alerts";
import type { ConnectionHealth, Health } from "@heatloop/ha-addon/alerts/health";
import { defaultSettings } from "@heatloop/ha-addon/settings/settings";

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
  lastRowAt: at - 30_000,
  compressorOn: true,
  operation: "heating",
  flowLMin: 18,
  hasFlowSensor: true,
  immersionHeaterOn: false,
  boosterHeaterOn: false,
  startsLastHour: 1,
  defrostsLastHour: 1,
  lastDay: { date: "2026-11-20", cop: 3.4, electricityWh: 12_000, isComplete: true, waterL: 9_000 },
  firmwareChange: null,
};
export const allWell: AlertSituation = {
  at,
  health: well,
  settingsTrouble: null,
  ownersTrouble: null,
  priceProblems: [],
  notices: [],
  limits: defaultSettings.alerts,
  leastFlowLMin: 5,
  freeBytes: 20_000_000_000,
  clockDifferenceMs: 400,
  errorsLastHour: 0,
  hasWholeHour: true,
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

/** The ids of what is wrong. */
export const wrongIds = (situation: AlertSituation) => findAlerts(situation).wrong.map(({ id }) => id);

/** What is wrong in a situation with its sentences, as an English home reads them; what has no start of its own begins now. */
export function readAlerts(situation: AlertSituation) {
  return findAlerts(situation).wrong.map(({ problem, sinceAt, ...alert }) => ({
    ...alert,
    sinceAt: sinceAt ?? situation.at,
    message: alertSentence(problem, "en"),
  }));
}
