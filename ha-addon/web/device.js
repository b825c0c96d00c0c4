import { element, table } from "./element.js";
import { energySection } from "./energy.js";
import { removalSection } from "./removal.js";
import { roomFeedSection } from "./room-feed.js";
import {
  csvDecimal,
  daysBefore,
  kilowatts,
  number,
  operations,
  pointName,
  quantity,
  timeAt,
  unknown,
  valueText,
} from "./text.js";

/** What the tiles show: name, text, and a second line of text. */
const tiles = [
  ["Flow", ({ values: v }) => degrees(v.flow_temperature_c), ({ values: v }) => target(v.zone_1_flow_setpoint_c)],
  ["Return", ({ values: v }) => degrees(v.return_temperature_c), ({ values: v }) => spread(v)],
  ["Outdoor", ({ values: v }) => degrees(v.outdoor_temperature_c, 0)],
  [
    "Room",
    ({ values: v }) => degrees(v.zone_1_room_temperature_c),
    ({ values: v }) => target(v.zone_1_room_setpoint_c),
  ],
  ["Hot water", ({ values: v }) => degrees(v.dhw_temperature_c), ({ values: v }) => target(v.dhw_setpoint_c)],
  ["Flow rate", ({ values: v }) => quantity(v.flow_rate_l_min, 0, "L/min")],
  ["Compressor", ({ values: v }) => quantity(v.compressor_frequency_hz, 0, "Hz")],
  ["Heat", (device) => kilowatts(device.heat_power_w)],
  ["Electricity", (device) => kilowatts(device.electricity_power_w)],
  ["COP now", (device) => number(device.cop, 1)],
];

function degrees(value, decimals = 1) {
  return quantity(value, decimals, "°C");
}

function target(value) {
  return typeof value === "number" ? `target ${degrees(value)}` : "";
}

function spread({ flow_temperature_c: flow, return_temperature_c: back }) {
  return typeof flow === "number" && typeof back === "number" ? `ΔT ${quantity(flow - back, 1, "K")}` : "";
}

/** One heat pump: made once, then kept up to date, so that what a person opened or selected stays. */
export function deviceArticle(id) {
  const anchor = `device-${id}`;
  const name = element("h2", { id: anchor });
  const operation = element("p", { class: "operation" });
  const now = element("dl", { class: "tiles" });
  const tileNodes = tiles.map(([title]) => {
    const value = element("dd", { class: "value" });
    const more = element("dd", { class: "more" });
    now.append(element("div", {}, element("dt", {}, title), value, more));
    return { value, more };
  });
  const energy = energySection(anchor);
  const roomFeed = roomFeedSection(anchor);
  const removal = removalSection(id);
  const reports = element("ul", { class: "downloads" });
  const downloads = element("ul", { class: "downloads" });
  const everything = element("tbody");
  const node = element(
    "article",
    { "aria-labelledby": anchor },
    element("header", {}, name, operation),
    removal.node,
    element("section", { "aria-label": "Now" }, now),
    element("div", { class: "columns" }, energy.node, roomFeed.node),
    titled("Reports", `${anchor}-reports`, reports),
    titled("Downloads", `${anchor}-downloads`, downloads),
    element(
      "details",
      {},
      element("summary", {}, "Everything that the heat pump reports"),
      table("All points", ["Point", "Value", "Unit"], everything),
    ),
  );
  let linkedDate = "";

  return {
    node,
    update(device, date) {
      name.textContent = device.name;
      operation.textContent = operationText(device, date);
      operation.dataset.operation = device.online ? (device.operation ?? "unknown") : "offline";
      tiles.forEach(([, textOf, moreOf], index) => {
        const { value, more } = tileNodes[index];
        value.textContent = textOf(device);
        value.classList.toggle("unknown", value.textContent === unknown);
        more.textContent = moreOf?.(device) ?? "";
      });
      removal.update(device);
      energy.update(device.today);
      roomFeed.update(device.room_feed, date);
      everything.replaceChildren(...Object.entries(device.values).map(pointRow));
      if (date === linkedDate) return;
      linkedDate = date;
      reports.replaceChildren(...reportLinks(id, date));
      downloads.replaceChildren(...downloadLinks(id, date));
    },
  };
}

function titled(title, anchor, content) {
  return element("section", { "aria-labelledby": anchor }, element("h3", { id: anchor }, title), content);
}

function operationText({ online, operation, since, last_seen }, date) {
  if (online === false) return last_seen === null ? "Offline" : `Offline, last seen ${timeAt(last_seen, date)}`;
  if (online === null) return "Not known";
  const word = operations[operation] ?? "Operation not known";
  return since === null ? word : `${word} since ${timeAt(since, date)}`;
}

function pointRow([key, value]) {
  const { name, unit } = pointName(key);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", {}, valueText(value)),
    element("td", {}, unit),
  );
}

/** Pages to read and print; the season is that of heating, July to June. */
function reportLinks(id, date) {
  const yesterday = daysBefore(date, 1);
  const lastOfMonth = daysBefore(`${date.slice(0, 7)}-01`, 1);
  const year = Number(date.slice(0, 4));
  const season = `${date.slice(5) < "07-01" ? year - 1 : year}-07-01`;
  return [
    ["Yesterday", yesterday, yesterday],
    ["Last 7 days", daysBefore(date, 6), date],
    ["This month", `${date.slice(0, 7)}-01`, date],
    ["Last month", `${lastOfMonth.slice(0, 7)}-01`, lastOfMonth],
    ["This heating season", season, date],
    ["This year", `${year}-01-01`, date],
  ].map(([text, from, to]) => link(id, text, `report.html?from=${from}&to=${to}`, { target: "_blank" }));
}

function link(id, text, path, more) {
  const href = `api/devices/${encodeURIComponent(id)}/${path}`;
  return element("li", {}, element("a", { href, ...more }, text));
}

function downloadLinks(id, date) {
  const decimal = csvDecimal();
  const minutes = (from, to) => `minutes.csv?from=${from}&to=${to}&decimal=${decimal}`;
  const days = (from) => `days.csv?from=${from}&to=${date}&decimal=${decimal}`;
  const yesterday = daysBefore(date, 1);
  return [
    ["Minutes of today", minutes(date, date)],
    ["Minutes of yesterday", minutes(yesterday, yesterday)],
    ["Minutes of the last 7 days", minutes(daysBefore(date, 6), date)],
    ["Days of the last month", days(daysBefore(date, 30))],
    ["Days of the last year", days(daysBefore(date, 365))],
  ].map(([text, path]) => link(id, text, path, { download: "" }));
}
