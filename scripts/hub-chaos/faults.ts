import { setTimeout as pause } from "node:timers/promises";
import { hourMs, secondMs } from "@heatloop/core/time/durations";
import type { HubScene } from "./scene.ts";
import { settled } from "./settled.ts";

/** Something that goes wrong: `happen` resolves when it is over, and nothing but time is needed then. */
export type HubFault = {
  readonly name: string;
  /** Why it can't happen here; undefined: it can. */
  readonly impossible?: (scene: HubScene) => string | undefined;
  readonly happen: (scene: HubScene) => Promise<void>;
};

/** One row a fault. */
export const hubFaults: readonly HubFault[] = [
  {
    name: "hub killed",
    async happen({ hubs, random }) {
      const hub = hubs[Math.floor(random() * hubs.length)];
      await hub?.kill();
      await pause(random() * 2 * secondMs);
      await hub?.start();
    },
  },
  {
    name: "both hubs killed",
    async happen({ hubs }) {
      await Promise.all(hubs.map((hub) => hub.kill()));
      await Promise.all(hubs.map((hub) => hub.start()));
    },
  },
  {
    name: "PostgreSQL restarted",
    async happen({ postgres }) {
      await postgres.stop("fast");
      await postgres.start();
    },
  },
  {
    name: "PostgreSQL killed",
    async happen({ postgres, random }) {
      await postgres.stop("kill");
      await pause(random() * 2 * secondMs);
      await postgres.start();
    },
  },
  {
    name: "PostgreSQL's disk full",
    impossible: ({ disk }) => (disk === undefined ? "no disk can be mounted (it needs root)" : undefined),
    async happen({ disk, postgres }) {
      disk?.fill();
      await pause(3 * secondMs);
      disk?.free();
      // It may have given up meanwhile, as a full disk also keeps it from starting again.
      await postgres.stop("fast");
      await postgres.start();
    },
  },
  {
    name: "broker restarted",
    async happen({ broker }) {
      await broker.stop();
      await broker.start();
    },
  },
  {
    name: "broker restarted, and what it kept lost",
    async happen({ broker }) {
      await broker.stop();
      await broker.forget();
      await broker.start();
    },
  },
  {
    name: "wires to the broker cut",
    async happen({ wires, random }) {
      for (let i = 0; i < 10; i += 1) {
        for (const wire of [wires.nodesToBroker, wires.hubsToBroker]) if (random() < 0.7) wire.cut();
        await pause(random() * 300);
      }
    },
  },
  {
    name: "wires to the hubs cut",
    async happen({ wires, random }) {
      for (let i = 0; i < 10; i += 1) {
        for (const wire of wires.toHubs) wire.cut();
        await pause(random() * 300);
      }
    },
  },
  {
    name: "wires to PostgreSQL cut",
    async happen({ wires, random }) {
      for (let i = 0; i < 10; i += 1) {
        wires.toPostgres.cut();
        await pause(random() * 300);
      }
    },
  },
  {
    name: "clock of a node off by an hour",
    async happen({ nodes, random }) {
      const node = nodes[Math.floor(random() * nodes.length)];
      node?.setAhead((random() < 0.5 ? 1 : -1) * hourMs);
      await pause(2 * secondMs);
      node?.setAhead(0);
    },
  },
  {
    name: "a crowd of nodes comes back at once",
    happen: ({ crowd }) => crowd.comeBack(),
  },
  {
    name: "a node floods",
    async happen({ flooder, nodes }) {
      const stop = await flooder.flood();
      // What is only published waits in the broker behind the flood.
      await settled(nodes.slice(0, -1));
      await stop();
    },
  },
  {
    name: "nodes send everything again",
    async happen({ nodes }) {
      for (const node of nodes) node.replay();
    },
  },
];
