import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

export const flowFolder = resolve(import.meta.dirname, "../../automations/node-red");

export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };
type Parts = Readonly<Record<string, unknown>>;

export const brokerId = "heatloop-broker";

/** A node of a tab or a subflow; `to` are the ids there of what each of its outputs goes to. */
export function nodeAt(
  tab: string,
  id: string,
  type: string,
  to: readonly (readonly string[])[],
  more: Parts,
): FlowNode {
  return { id: `${tab}-${id}`, type, z: tab, ...more, wires: to.map((ids) => ids.map((each) => `${tab}-${each}`)) };
}

/** Says something once, a second after the start or a deployment. */
export function atTheStart(tab: string, to: string): FlowNode {
  return nodeAt(tab, "start", "inject", [[to]], {
    name: "At the start",
    props: [],
    once: true,
    onceDelay: 1,
    repeat: "",
  });
}

export function everyTick(tab: string, to: string): FlowNode {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's own substitutions
  const repeat = "${HEATLOOP_EVERY_S}";
  return nodeAt(tab, "tick", "inject", [[to]], { name: "Again and again", props: [], once: false, repeat });
}

/** A function node; its source is the file of this name. */
export async function code(tab: string, id: string, name: string, file: string, to: readonly (readonly string[])[]) {
  const source = { func: await bodyOf(file), outputs: Math.max(1, to.length), timeout: 0, libs: [] };
  return nodeAt(tab, id, "function", to, { name, ...source });
}

/** Takes messages of the broker: of one topic, or of those that a function before it subscribes to. */
export function fromBroker(tab: string, id: string, name: string, to: readonly string[], topic?: string): FlowNode {
  // The retain flag tells what the broker kept from what comes now, also where a device retains all that it publishes.
  const live = { rap: false, rh: 0, nl: false };
  const which = topic === undefined ? { inputs: 1 } : { topic, qos: "1", inputs: 0, ...live };
  return nodeAt(tab, id, "mqtt in", [to], { name, broker: brokerId, datatype: "utf8", ...which });
}

export function toBroker(tab: string, id: string, name: string): FlowNode {
  return nodeAt(tab, id, "mqtt out", [], { name, broker: brokerId, qos: "1", retain: "false" });
}

/** Nodes stand one below the other; tabs, subflows and configuration nodes have no place. */
export function placed(nodes: readonly FlowNode[]): FlowNode[] {
  return nodes.map((node, i) => (node.z === undefined ? node : { ...node, x: 220, y: 40 + 60 * i }));
}

/** What a function's file says of it. */
export async function commentOf(file: string): Promise<string> {
  const [, comment = ""] = /\/\*\*(.*?)\*\//s.exec(await sourceOf(file)) ?? [];
  return comment.replaceAll(/\s*\n \* ?/g, " ").trim();
}

/** What stands in the function node: the body of the one function of the file, whose parameters Node-RED has by name. */
async function bodyOf(file: string): Promise<string> {
  const source = await sourceOf(file);
  const begin = source.indexOf(") {\n") + 4;
  const body = source.slice(begin, source.lastIndexOf("}"));
  return body.replaceAll(/^ {2}/gm, "").trimEnd();
}

async function sourceOf(file: string): Promise<string> {
  return readFile(join(flowFolder, "functions", `${file}.js`), "utf8");
}
