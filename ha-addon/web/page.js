import { alertRow } from "./alert-row.js";
import { deviceArticle } from "./device.js";
import { followLive } from "./live.js";
import { timeOfDay } from "./text.js";

/** Without news for this long, old values are taken away rather than left to look like new ones. */
const blankAfterMs = 60_000;
const healthEveryMs = 60_000;

const devices = new Map();
const articles = new Map();
let time = "";
let blanking;

const byId = (id) => document.getElementById(id);

followLive({
  take(message) {
    time = message.time ?? time;
    const take = messages[message.type];
    take?.(message);
  },
  lost() {
    const seen = time === "" ? "" : ` The values shown are from ${timeOfDay(time)}.`;
    byId("connection").textContent = `Connection lost.${seen} Trying again…`;
    byId("connection").hidden = false;
    document.body.classList.add("stale");
    blanking ??= setTimeout(blank, blankAfterMs);
  },
  back() {
    clearTimeout(blanking);
    blanking = undefined;
    byId("connection").hidden = true;
    document.body.classList.remove("stale");
    void showHealth();
  },
});

const messages = {
  snapshot(message) {
    devices.clear();
    for (const device of message.devices) devices.set(device.id, device);
    byId("version").textContent = `Heatloop ${message.version}, times of ${message.time_zone}`;
    showAlerts(message.alerts);
    showDevices();
  },
  change({ device, changes }) {
    const before = devices.get(device);
    const values = { ...before?.values, ...changes.values };
    devices.set(device, { ...before, ...changes, values });
    showDevices();
  },
  gone({ device }) {
    devices.delete(device);
    showDevices();
  },
  alerts: ({ alerts }) => showAlerts(alerts),
  alive: () => showDevices(),
};

function showDevices() {
  for (const [id, article] of articles) {
    if (devices.has(id)) continue;
    article.node.remove();
    articles.delete(id);
  }
  for (const [id, device] of devices) {
    let article = articles.get(id);
    if (article === undefined) {
      article = deviceArticle(id);
      articles.set(id, article);
      byId("devices").append(article.node);
    }
    article.update(device, time.slice(0, 10));
  }
  byId("empty").hidden = devices.size > 0;
  byId("empty").textContent =
    "No heat pump has been found yet. Heatloop looks for one on the MQTT broker: it must publish there by ESPHome’s MQTT.";
}

function blank() {
  for (const [id, device] of devices) {
    devices.set(id, {
      ...device,
      online: null,
      heat_power_w: null,
      electricity_power_w: null,
      cop: null,
      values: {},
      today: null,
      room_feed: [],
    });
  }
  showDevices();
}

function showAlerts(alerts) {
  byId("alerts").hidden = alerts.length === 0;
  byId("alerts")
    .querySelector("ul")
    .replaceChildren(...alerts.map(alertRow));
}

async function showHealth() {
  const response = await fetch("api/health").catch(() => undefined);
  if (!response?.ok) return;
  const { mqtt, home_assistant: homeAssistant, archive, settings } = await response.json();
  byId("health").textContent = [
    `MQTT ${connection(mqtt)}`,
    `Home Assistant ${connection(homeAssistant)}`,
    archive.state === "ok" ? "log is written" : `log cannot be written${because(archive.detail)}`,
    ...(settings.state === "ok" ? [] : [`settings.json has mistakes, kept aside as ${settings.kept_aside}`]),
  ].join(" · ");
}

function connection({ state, detail }) {
  const words = { connected: "connected", away: "away", off: "not set up" };
  return words[state] + (state === "away" ? because(detail) : "");
}

function because(detail) {
  return detail ? ` (${detail})` : "";
}

setInterval(showHealth, healthEveryMs);
