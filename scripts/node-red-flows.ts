import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../automations/node-red");
export const flowFile = join(folder, "heatloop-flows.json");

type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };
type Setting = { readonly name: string; readonly value: string; readonly type: "str" | "num" | "json" };

const rooms = [
  { name: "Living room", topic: "home/living_room/temperature" },
  { name: "Kitchen", topic: "home/kitchen", field: "temperature" },
];

/** Everything that a person sets, in the one node `Heatloop settings`. */
const settings: readonly Setting[] = [
  { name: "HEATLOOP_MQTT_HOST", value: "localhost", type: "str" },
  { name: "HEATLOOP_MQTT_PORT", value: "1883", type: "num" },
  { name: "HEATLOOP_PREFIX", value: "ecodan-heatpump", type: "str" },
  { name: "HEATLOOP_ZONE", value: "1", type: "str" },
  { name: "HEATLOOP_OBJECT_ID", value: "", type: "str" },
  { name: "HEATLOOP_FEEDER", value: "Node-RED", type: "str" },
  { name: "HEATLOOP_ROOMS", value: JSON.stringify(rooms), type: "json" },
  { name: "HEATLOOP_QUORUM", value: "0", type: "num" },
  { name: "HEATLOOP_MAX_AGE_MIN", value: "60", type: "num" },
  { name: "HEATLOOP_MIN_C", value: "5", type: "num" },
  { name: "HEATLOOP_MAX_C", value: "35", type: "num" },
  { name: "HEATLOOP_FAULT_TOPIC", value: "sensor/fault_code/state", type: "str" },
  { name: "HEATLOOP_DEFROST_TOPIC", value: "binary_sensor/defrost/state", type: "str" },
  { name: "HEATLOOP_OFFLINE_MIN", value: "15", type: "num" },
  { name: "HEATLOOP_MOST_DEFROSTS", value: "3", type: "num" },
  { name: "HEATLOOP_ALERT_TOPIC", value: "home/heat_pump/alert", type: "str" },
];

/** The flows as Node-RED imports them, made of the functions beside them. */
export async function nodeRedFlows(): Promise<string> {
  const nodes = [...shared(), ...(await roomFeed()), ...(await alerts())];
  return `${JSON.stringify(nodes, null, 2)}\n`;
}

function shared(): FlowNode[] {
  return [
    { id: "heatloop-settings", type: "global-config", name: "Heatloop settings", env: settings },
    {
      id: "heatloop-broker",
      type: "mqtt-broker",
      name: "Broker of the heat pump",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's own substitutions
      broker: "${HEATLOOP_MQTT_HOST}",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's own substitutions
      port: "${HEATLOOP_MQTT_PORT}",
      protocolVersion: "5",
      keepalive: "60",
      cleansession: true,
    },
  ];
}

async function roomFeed(): Promise<FlowNode[]> {
  const tab = "heatloop-room-feed";
  return [
    { id: tab, type: "tab", label: "Room feed", info: await commentOf("mean-of-rooms") },
    once(tab, "start", "At the start", ["subscribe"], { once: true, onceDelay: 1 }),
    await code(tab, "subscribe", "Subscribe to the rooms", "subscribe-rooms", ["rooms"]),
    at(tab, "rooms", "mqtt in", {
      name: "Rooms",
      broker: "heatloop-broker",
      datatype: "utf8",
      inputs: 1,
      wires: [["take"]],
    }),
    await code(tab, "take", "Temperature of a room", "take-room", []),
    once(tab, "tick", "Every 10 seconds", ["mean"], { repeat: "10" }),
    await code(tab, "mean", "Mean of the rooms", "mean-of-rooms", ["send"]),
    at(tab, "send", "mqtt out", {
      name: "To the heat pump",
      broker: "heatloop-broker",
      qos: "1",
      retain: "false",
      wires: [],
    }),
  ].map((node, i) => placed(node, i));
}

async function alerts(): Promise<FlowNode[]> {
  const tab = "heatloop-alerts";
  return [
    { id: tab, type: "tab", label: "Alerts", info: await commentOf("alerts") },
    once(tab, "start", "At the start", ["subscribe"], { once: true, onceDelay: 1 }),
    await code(tab, "subscribe", "Subscribe to the heat pump", "subscribe-heat-pump", ["heat-pump"]),
    at(tab, "heat-pump", "mqtt in", {
      name: "The heat pump",
      broker: "heatloop-broker",
      datatype: "utf8",
      inputs: 1,
      wires: [["alerts"]],
    }),
    once(tab, "tick", "Every 10 seconds", ["alerts"], { repeat: "10" }),
    await code(tab, "alerts", "What is wrong", "alerts", ["alert"]),
    at(tab, "alert", "mqtt out", { name: "Alerts", broker: "heatloop-broker", qos: "1", retain: "false", wires: [] }),
  ].map((node, i) => placed(node, i));
}

function at(tab: string, id: string, type: string, more: Readonly<Record<string, unknown>>): FlowNode {
  const wires = (more.wires as string[][]).map((targets) => targets.map((target) => `${tab}-${target}`));
  return { id: `${tab}-${id}`, type, z: tab, ...more, wires };
}

function once(tab: string, id: string, name: string, to: readonly string[], how: object): FlowNode {
  return at(tab, id, "inject", { name, props: [], once: false, repeat: "", ...how, wires: [to] });
}

async function code(tab: string, id: string, name: string, file: string, to: readonly string[]): Promise<FlowNode> {
  const source = { func: await bodyOf(file), outputs: 1, timeout: 0, libs: [] };
  return at(tab, id, "function", { name, ...source, wires: [to] });
}

/** Nodes stand one below the other; the tab itself has no place. */
function placed(node: FlowNode, i: number): FlowNode {
  return node.type === "tab" ? node : { ...node, x: 220, y: 40 + 60 * i };
}

async function sourceOf(file: string): Promise<string> {
  return readFile(join(folder, "functions", `${file}.js`), "utf8");
}

/** What stands in the function node: the body of the one function of the file, whose parameters Node-RED has by name. */
async function bodyOf(file: string): Promise<string> {
  const source = await sourceOf(file);
  const begin = source.indexOf(") {\n") + 4;
  const body = source.slice(begin, source.lastIndexOf("}"));
  return body.replaceAll(/^ {2}/gm, "").trimEnd();
}

async function commentOf(file: string): Promise<string> {
  const [, comment = ""] = /\/\*\*(.*?)\*\//s.exec(await sourceOf(file)) ?? [];
  return comment.replaceAll(/\s*\n \* ?/g, " ").trim();
}

if (import.meta.main) await writeFile(flowFile, await nodeRedFlows());
