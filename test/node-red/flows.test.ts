import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { flowFile, nodeRedFlows } from "#scripts/node-red-flows.ts";

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
};

const text = await readFile(flowFile, "utf8");
const nodes = JSON.parse(text) as readonly Node[];

describe("the flows for Node-RED", () => {
  it("are what their functions make (npm run flows)", async () => {
    expect(text).toBe(await nodeRedFlows());
  });

  it("have each id once, every wire ends at a node of its own tab, and every link at its other end", () => {
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

  it("hold no credentials", () => {
    expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
    expect(text).not.toMatch(/password|"user"/i);
  });

  it("use core nodes alone, and functions that fit a screen and have a name", () => {
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
    const subflows = nodes.filter(({ type }) => type === "subflow").map(({ id }) => `subflow:${id}`);
    for (const { type, name, func } of nodes) {
      expect([...core, "subflow", ...subflows]).toContain(type);
      if (func === undefined) continue;
      expect(name).not.toBe("");
      expect(func.split("\n").length, name).toBeLessThanOrEqual(40);
    }
  });

  it("declare every setting that they use, and use each that they declare", () => {
    const isSettings = ({ type }: Node) => type === "global-config";
    const declared = nodes.filter(isSettings).flatMap(({ env = [] }) => env.map(({ name }) => name));
    const others = JSON.stringify(nodes.filter((node) => !isSettings(node)));
    const used = new Set([...others.matchAll(/HEATLOOP_[A-Z_]*[A-Z]/g)].map(([name]) => name));
    expect([...used].sort()).toEqual([...declared].sort());
  });
});
