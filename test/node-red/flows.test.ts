import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type FlowFile, flowFiles, nodeRedFlows } from "#scripts/making/node-red-flows.ts";
import { flowFolder } from "#scripts/node-red/nodes.ts";

type Port = { readonly wires: readonly { readonly id: string }[] };
type Node = {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly name?: string;
  readonly func?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly links?: readonly string[];
  readonly in?: readonly Port[];
  readonly out?: readonly Port[];
  readonly env?: readonly { readonly name: string }[];
  readonly credentials?: unknown;
  readonly broker?: string;
  readonly server?: string;
  readonly group?: string;
  readonly page?: string;
  readonly ui?: string;
  readonly theme?: string;
};

const texts = new Map<FlowFile, string>();
for (const file of flowFiles) texts.set(file, await readFile(join(flowFolder, file), "utf8"));
const nodesOf = (file: FlowFile) => JSON.parse(texts.get(file) as string) as readonly Node[];
const shared = nodesOf("heatloop-flows.json");

const core = [
  "global-config",
  "mqtt-broker",
  "tab",
  "inject",
  "function",
  "mqtt in",
  "mqtt out",
  "link in",
  "link out",
];
const more: Readonly<Record<FlowFile, readonly string[]>> = {
  "heatloop-flows.json": ["subflow"],
  "heatloop-dashboard.json": ["ui-base", "ui-page", "ui-group", "ui-theme", "ui-text"],
  "heatloop-home-assistant.json": ["server", "api-render-template", "catch"],
};

describe.each(flowFiles)("%s", (file) => {
  const nodes = nodesOf(file);

  it("is what its functions make (npm run flows)", async () => {
    expect(texts.get(file)).toBe(await nodeRedFlows(file));
  });

  it("has each id once, every wire ends at a node of its own tab, and every link at its other end", () => {
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    const byId = new Map(nodes.map((node) => [node.id, node]));
    for (const { id, type, z, wires = [], links = [], in: ins = [], out = [] } of nodes) {
      for (const target of wires.flat()) expect(byId.get(target)?.z, `${id} ${target}`).toBe(z);
      for (const target of links) {
        expect(byId.get(target)?.links, `${id} ${target}`).toContain(id);
        expect(byId.get(target)?.type).toBe(type === "link in" ? "link out" : "link in");
      }
      for (const end of [...ins, ...out].flatMap((port) => port.wires)) expect(byId.get(end.id)?.z).toBe(id);
    }
  });

  it("holds no credentials, address or token", () => {
    expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
    expect(texts.get(file)).not.toMatch(/password|"user"|token|https?:/i);
  });

  it("uses known nodes alone, and functions that fit a screen and have a name", () => {
    const subflows = shared.filter(({ type }) => type === "subflow").map(({ id }) => `subflow:${id}`);
    for (const { type, name, func } of nodes) {
      expect([...core, ...more[file], ...subflows]).toContain(type);
      if (func === undefined) continue;
      expect(name).not.toBe("");
      expect(func.split("\n").length, name).toBeLessThanOrEqual(40);
    }
  });

  it("names no configuration node that is neither here nor in the flows", () => {
    const ids = [...nodes, ...shared].map(({ id }) => id);
    const named = (node: Node) => [node.broker, node.server, node.group, node.page, node.ui, node.theme];
    for (const node of nodes.filter(({ type }) => type !== "mqtt-broker")) {
      for (const id of named(node)) if (id !== undefined) expect(ids, node.id).toContain(id);
    }
  });
});

describe("the settings", () => {
  it("are declared where they are used, and used where they are declared", () => {
    const isSettings = ({ type }: Node) => type === "global-config";
    const declared = shared.filter(isSettings).flatMap(({ env = [] }) => env.map(({ name }) => name));
    const others = JSON.stringify(flowFiles.flatMap(nodesOf).filter((node) => !isSettings(node)));
    const used = new Set([...others.matchAll(/HEATLOOP_[A-Z_]*[A-Z]/g)].map(([name]) => name));
    expect([...used].sort()).toEqual([...declared].sort());
  });
});
