import {
  atTheStart,
  code,
  commentOf,
  everyTick,
  type FlowNode,
  fromBroker,
  nodeAt,
  placed,
  toBroker,
} from "./nodes.ts";
import { numberNode, setPointNode } from "./subflows.ts";

const setPoints = "heatloop-set-points";

export async function roomFeed(): Promise<FlowNode[]> {
  const tab = "heatloop-room-feed";
  return placed([
    { id: tab, type: "tab", label: "Room feed", info: await commentOf("mean-of-rooms") },
    atTheStart(tab, "subscribe"),
    await code(tab, "subscribe", "Subscribe to the rooms", "subscribe-rooms", [["rooms"]]),
    fromBroker(tab, "rooms", "Rooms", ["room"]),
    await code(tab, "room", "Which room", "room-of-topic", [["number"]]),
    ...(await meanNodes(tab)),
  ]);
}

/** From a room's report to what the heat pump is fed. */
export async function meanNodes(tab: string): Promise<FlowNode[]> {
  return [
    numberNode(tab, "number", ["take"]),
    await code(tab, "take", "Temperature of a room", "take-room", []),
    everyTick(tab, "mean"),
    await code(tab, "mean", "Mean of the rooms", "mean-of-rooms", [["send"]]),
    toBroker(tab, "send", "To the heat pump"),
  ];
}

/** Hears the heat pump once for all the other tabs. */
export async function heatPump(): Promise<FlowNode[]> {
  const tab = "heatloop-heat-pump";
  return placed([
    { id: tab, type: "tab", label: "Heat pump", info: await commentOf("hear-heat-pump") },
    atTheStart(tab, "subscribe"),
    await code(tab, "subscribe", "Subscribe to the heat pump", "subscribe-heat-pump", [["states"]]),
    fromBroker(tab, "states", "States", ["hear"]),
    await code(tab, "hear", "What is known", "hear-heat-pump", []),
  ]);
}

export async function alerts(): Promise<FlowNode[]> {
  const tab = "heatloop-alerts";
  return placed([
    { id: tab, type: "tab", label: "Alerts", info: await commentOf("alerts") },
    everyTick(tab, "alerts"),
    await code(tab, "alerts", "What is wrong", "alerts", [["alert"]]),
    toBroker(tab, "alert", "Alerts"),
  ]);
}

export async function hotWaterOnSurplus(): Promise<FlowNode[]> {
  const tab = "heatloop-surplus";
  const number = [
    { name: "FIELD", type: "env", value: "HEATLOOP_SURPLUS_FIELD" },
    { name: "SCALE", type: "env", value: "HEATLOOP_SURPLUS_SCALE" },
  ] as const;
  return placed([
    { id: tab, type: "tab", label: "Hot water on surplus", info: await commentOf("surplus") },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's own substitutions
    fromBroker(tab, "power", "Power of the surplus", ["number"], "${HEATLOOP_SURPLUS_TOPIC}"),
    numberNode(tab, "number", ["surplus"], number),
    everyTick(tab, "surplus"),
    await code(tab, "surplus", "Is there surplus", "surplus", [["hot-water"]]),
    linkOut(tab, "hot-water", "hot-water-wish"),
  ]);
}

export async function priceWindows(): Promise<FlowNode[]> {
  const tab = "heatloop-prices";
  return placed([
    { id: tab, type: "tab", label: "Price windows", info: await commentOf("cheap-hours") },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's own substitutions
    fromBroker(tab, "prices", "Prices", ["take"], "${HEATLOOP_PRICES_TOPIC}"),
    await code(tab, "take", "Prices of the next hours", "take-prices", []),
    everyTick(tab, "hours"),
    await code(tab, "hours", "Hours that count", "hours-that-count", [["cheap"]]),
    await code(tab, "cheap", "Is it cheap now", "cheap-hours", [["hot-water"], ["room"]]),
    linkOut(tab, "hot-water", "hot-water-wish"),
    linkOut(tab, "room", "room-wish"),
  ]);
}

/** Each set-point has one place that changes it, whoever wishes. */
export function setPointsOfHeatPump(): FlowNode[] {
  const info = "One set-point, one place that changes it: the highest wish of the other tabs counts.";
  return placed([
    { id: setPoints, type: "tab", label: "Set-points", info },
    linkIn("hot-water-wish", "Hot water", "hot-water", ["heatloop-surplus-hot-water", "heatloop-prices-hot-water"]),
    setPointNode(setPoints, "hot-water", "Hot water", "HEATLOOP_HOT_WATER", "HEATLOOP_HOT_WATER_MAX_C"),
    linkIn("room-wish", "Room", "room", ["heatloop-prices-room"]),
    setPointNode(setPoints, "room", "Room", "HEATLOOP_ROOM", "HEATLOOP_ROOM_MAX_C"),
  ]);
}

function linkOut(tab: string, id: string, to: string): FlowNode {
  return nodeAt(tab, id, "link out", [], { name: "Wish", mode: "link", links: [`${setPoints}-${to}`] });
}

function linkIn(id: string, name: string, to: string, links: readonly string[]): FlowNode {
  return nodeAt(setPoints, id, "link in", [[to]], { name: `${name}: wishes`, links });
}
