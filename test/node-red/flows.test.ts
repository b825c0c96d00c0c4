import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { flowFile, nodeRedFlows } from "#scripts/node-red-flows.ts";

type Node = {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly name?: string;
  readonly func?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly env?: readonly { readonly name: string }[];
  readonly credentials?: unknown;
};

const text = await readFile(flowFile, "utf8");
const nodes = JSON.parse(text) as readonly Node[];

describe("the flows for Node-RED", () => {
  it("are what their functions make (npm run flows)", async () => {
    expect(text).toBe(await nodeRedFlows());
  });

  it("have each id once, and every wire ends at a node of its own tab", () => {
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    for (const { id, z, wires = [] } of nodes) {
      for (const target of wires.flat()) expect(nodes.find((node) => node.id === target)?.z, `${id} ${target}`).toBe(z);
    }
  });

  it("hold no credentials", () => {
    expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
    expect(text).not.toMatch(/password|"user"/i);
  });

  it("use core nodes alone, and functions that fit a screen and have a name", () => {
    const core = ["global-config", "mqtt-broker", "tab", "inject", "function", "mqtt in", "mqtt out"];
    for (const { type, name, func } of nodes) {
      expect(core).toContain(type);
      if (func === undefined) continue;
      expect(name).not.toBe("");
      expect(func.split("\n").length, name).toBeLessThanOrEqual(40);
    }
  });

  it("declare every setting that they use, and use each that they declare", () => {
    const declared = nodes.flatMap(({ env = [] }) => env.map(({ name }) => name));
    const used = new Set(
      nodes
        .filter(({ env }) => env === undefined)
        .flatMap((node) => [...JSON.stringify(node).matchAll(/HEATLOOP_[A-Z_]+/g)].map(([name]) => name)),
    );
    expect([...used].sort()).toEqual([...declared].sort());
  });
});
