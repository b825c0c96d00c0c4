import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { startTcpProxy, type TcpProxy } from "#test/support/broker/tcp-proxy.ts";
import { type Ends, endAll } from "../base/ends.ts";
import { freePort } from "../base/free-port.ts";
import { mountSmallDisk, type SmallDisk } from "../chaos/small-disk.ts";
import { foundOrganization } from "../hub-scene/hub-people.ts";
import { type HubProcess, startHubProcess } from "../hub-scene/hub-process.ts";
import { installedPostgres, type Postgres, startPostgres } from "../hub-scene/postgres.ts";
import { type Crowd, makeCrowd } from "./crowd.ts";
import { type FloodingNode, makeFloodingNode } from "./flooding-node.ts";
import { startPublishingNode } from "./publishing-node.ts";
import { type SendingNode, startSendingNode } from "./sending-node.ts";

/** Whose limits the broker has. */
const deployedBroker = join(import.meta.dirname, "../../deploy/hub/mosquitto/mosquitto.conf");
/** Of the disk of PostgreSQL: its own files and a run's rows take less than half. */
const diskMb = 600;
/** Rows begin so long ago, so that they are kept, and none lies in the future. */
const pastDays = 25;

/** A hub that can be killed and started again at the same address. */
export type ChaosHub = { kill(): Promise<void>; start(): Promise<void>; pid(): number };

/** Everything that can go wrong, and the nodes that send through it. */
export type HubScene = {
  readonly postgres: Postgres;
  /** Its disk; undefined where none can be mounted, as without root. */
  readonly disk: SmallDisk | undefined;
  readonly broker: TestBroker;
  readonly hubs: readonly ChaosHub[];
  /** The wires between nodes and hubs, between hubs and PostgreSQL, and from nodes and from hubs to the broker. */
  readonly wires: {
    readonly toHubs: readonly TcpProxy[];
    readonly toPostgres: TcpProxy;
    readonly nodesToBroker: TcpProxy;
    readonly hubsToBroker: TcpProxy;
  };
  /** The last one only publishes. */
  readonly nodes: readonly SendingNode[];
  readonly databaseUrl: string;
  /** So many nodes come back at once. */
  readonly crowd: Crowd;
  readonly flooder: FloodingNode;
  readonly random: () => number;
  close(): Promise<void>;
};

type HubSceneParts = { readonly nodes: number; readonly crowdSize: number; readonly random: () => number };

/** Starts it; rejected with a sentence where this machine lacks something. */
export async function startHubScene(parts: HubSceneParts): Promise<HubScene> {
  const ends: Ends = [];
  try {
    return await started(parts, ends);
  } catch (error) {
    await endAll(ends);
    throw error;
  }
}

async function started({ nodes: count, crowdSize, random }: HubSceneParts, ends: Ends): Promise<HubScene> {
  const bin = installedPostgres();
  if (bin === undefined) throw new Error("PostgreSQL is not installed (on Debian: apt install postgresql)");
  const folder = mkdtempSync(join(tmpdir(), "heatloop-hub-chaos-"));
  ends.push(async () => rmSync(folder, { recursive: true, force: true }));
  // PostgreSQL runs as another user, who has to come through.
  chmodSync(folder, 0o711);
  const data = join(folder, "data");
  mkdirSync(data);
  const disk = mountSmallDisk(data, diskMb);
  if (disk !== undefined) ends.push(async () => disk.unmount());
  const postgres = await startPostgres({ bin, within: data });
  ends.push(postgres.close);
  const limits = readFileSync(deployedBroker, "utf8")
    .match(/^(max_|memory_).*$/gm)
    ?.join("\n");
  const broker = await startBroker({
    config: (port) => `listener ${port} 127.0.0.1\nallow_anonymous true\n${limits}\n`,
  });
  ends.push(broker.close);
  const [nodesToBroker, hubsToBroker] = [await startTcpProxy(broker.port), await startTcpProxy(broker.port)];
  ends.push(nodesToBroker.close, hubsToBroker.close);
  const databaseUrl = await postgres.createDatabase("heatloop");
  const toPostgres = await startTcpProxy(postgres.port);
  ends.push(toPostgres.close);
  const secretsFolder = join(folder, "secrets");
  const wired = new URL(databaseUrl);
  wired.port = String(toPostgres.port);
  const env = {
    HUB_DATABASE_URL: wired.href,
    HUB_MQTT_URL: `mqtt://127.0.0.1:${hubsToBroker.port}`,
    HUB_SECRETS: secretsFolder,
  };
  const hubs = [await startChaosHub(env, ends), await startChaosHub(env, ends)];
  const { admin } = await foundOrganization(hubs[0]?.url ?? "", { secretsFolder, name: "Chaos" });
  const toHubs = await Promise.all(hubs.map(({ port }) => startTcpProxy(port)));
  ends.push(...toHubs.map(({ close }) => close));
  const urls = () => toHubs.map(({ port }) => `http://127.0.0.1:${port}`);
  const crowd = await makeCrowd({ size: crowdSize, databaseUrl, urls, random });
  const startAt = Math.floor((Date.now() - pastDays * dayMs) / dayMs) * dayMs;
  const mostRows = Math.floor((Date.now() - startAt) / minuteMs);
  const brokerUrl = `mqtt://127.0.0.1:${nodesToBroker.port}`;
  const newNode = async (number: number) => {
    const { privateKey: key, publicKey } = generateKeyPairSync("ed25519");
    const made = { name: `Home ${number + 1}`, public_key: String(publicKey.export({ format: "jwk" }).x) };
    const { id } = await admin.post<{ id: string }>("/api/v1/nodes", made);
    return { id, number, key, startAt, mostRows };
  };
  const nodes: SendingNode[] = [];
  for (let number = 0; number < count; number += 1) {
    nodes.push(startSendingNode({ ...(await newNode(number)), urls, random }));
  }
  nodes.push(startPublishingNode({ ...(await newNode(count)), brokerUrl, databaseUrl }));
  const flooder = makeFloodingNode({ ...(await newNode(count + 1)), urls, brokerUrl });
  ends.push(async () => {
    for (const node of nodes) node.stop();
  });
  const wires = { toHubs, toPostgres, nodesToBroker, hubsToBroker };
  const close = () => endAll(ends);
  return { postgres, disk, broker, hubs, wires, nodes, databaseUrl, crowd, flooder, random, close };
}

async function startChaosHub(
  env: Readonly<Record<string, string>>,
  ends: Ends,
): Promise<ChaosHub & { readonly url: string; readonly port: number }> {
  const port = await freePort();
  let hub: HubProcess | undefined;
  const start = async () => {
    // While the database is away a hub can't start: what runs it tries again.
    for (let tries = 0; hub === undefined; tries += 1) {
      hub = await startHubProcess({ ...env, HUB_PORT: String(port) }).catch((error) => {
        if (tries >= 50) throw error;
        return undefined;
      });
    }
  };
  await start();
  ends.push(async () => hub?.close());
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    start,
    pid: () => hub?.pid ?? 0,
    async kill() {
      await hub?.kill();
      hub = undefined;
    },
  };
}
