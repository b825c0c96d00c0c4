import { element, table } from "./element.js";
import { feedStates, quantity, timeAt } from "./text.js";

/** The room temperatures that the heat pump is sent, with the reason and every room. */
export function roomFeedSection(anchor) {
  const zones = element("div");
  const node = element(
    "section",
    { "aria-labelledby": `${anchor}-rooms` },
    element("h3", { id: `${anchor}-rooms` }, "Room feed"),
    zones,
  );
  return {
    node,
    update(feeds, date) {
      const content = feeds.map((feed) => zoneOf(feed, feeds.length > 1, date));
      if (content.length === 0) content.push(element("p", { class: "note" }, "No rooms are set up."));
      zones.replaceChildren(...content);
    },
  };
}

function zoneOf(feed, isOneOfMany, date) {
  const sent = feed.sent_c === null ? "nothing sent" : `sent ${degrees(feed.sent_c)} at ${timeAt(feed.sent_at, date)}`;
  const zone = isOneOfMany ? `Zone ${feed.zone}: ` : "";
  const rooms = element("tbody", {}, ...feed.rooms.map((room) => roomRow(room, date)));
  return element(
    "div",
    {},
    element(
      "p",
      {},
      element("span", { class: "state", "data-state": feed.state }, zone + (feedStates[feed.state] ?? feed.state)),
      feed.state === "off" ? "" : ` ${degrees(feed.temperature_c)}, ${sent}`,
    ),
    element("p", { class: "note" }, feed.reason),
    ...(feed.rooms.length === 0
      ? []
      : [table(`Rooms of zone ${feed.zone}`, ["Room", "Temperature", "Reported"], rooms)]),
  );
}

function roomRow(room, date) {
  const why = room.used ? [] : [element("span", { class: "note" }, room.reason ?? "is left out")];
  return element(
    "tr",
    room.used ? {} : { class: "unused" },
    element("th", { scope: "row" }, room.name, ...why),
    element("td", {}, degrees(room.temperature_c)),
    element("td", {}, timeAt(room.reported_at, date)),
  );
}

function degrees(value) {
  return quantity(value, 1, "°C");
}
