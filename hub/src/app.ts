import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { endInOrder, type ShutdownStep } from "@heatloop/program/end-in-order";
import type { Log } from "@heatloop/program/log";
import { type Database, openDatabase } from "./database/database.ts";
import { prepareDatabase } from "./database/prepare.ts";
import { dialectMessageRoutes } from "./dialects/dialect-message-routes.ts";
import { startDialectMinutes } from "./dialects/dialect-minutes.ts";
import { dialectRoutes } from "./dialects/dialect-routes.ts";
import { dialectIntake } from "./dialects/take-dialect.ts";
import { liveRoute } from "./live/live-route.ts";
import { liveSockets } from "./live/live-sockets.ts";
import { followForeign } from "./mqtt/foreign-messages.ts";
import { openHubMqtt } from "./mqtt/hub-mqtt.ts";
import { nodeLookUp } from "./mqtt/live-node.ts";
import { followNodes } from "./mqtt/node-messages.ts";
import { followRows } from "./mqtt/node-rows.ts";
import { startPublishPace } from "./mqtt/publish-pace.ts";
import type { NodeCa } from "./nodes/node-ca.ts";
import { type NodePace, newNodePace } from "./nodes/node-pace.ts";
import { nodesOf } from "./nodes/nodes.ts";
import { heartbeatIntake } from "./nodes/presence.ts";
import { startNodeSweep } from "./nodes/sweep.ts";
import { openPeople } from "./people/people.ts";
import { readerRoutes } from "./readers/reader-routes.ts";
import { startRetention } from "./retention/retention.ts";
import { energyRoutes } from "./rollups/energy-routes.ts";
import { startRollups } from "./rollups/rollup-job.ts";
import type { HubEnvironment } from "./settings/environment.ts";
import { type HubSecrets, secretOfFile } from "./settings/secrets.ts";
import { bodySpacesOfHeap } from "./telemetry/body-space.ts";
import { deviceRoutes } from "./telemetry/device-routes.ts";
import { eventRoutes } from "./telemetry/event-routes.ts";
import { gapRoutes } from "./telemetry/gap-routes.ts";
import { keptFromOf } from "./telemetry/kept-from.ts";
import { newLoad } from "./telemetry/load.ts";
import { moveRoute } from "./telemetry/move-route.ts";
import { openPartitions } from "./telemetry/partitions.ts";
import { telemetryIntake } from "./telemetry/take-telemetry.ts";
import { telemetryRoutes } from "./telemetry/telemetry-routes.ts";
import { healthRoutes } from "./web/health.ts";
import { openApiRoutes } from "./web/openapi.ts";
import { buildHubWeb } from "./web/web.ts";

export type HubParts = {
  readonly environment: HubEnvironment;
  readonly secrets: HubSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** The folder of the migrations. */
  readonly migrations: string;
};

/** A hub that runs. */
export type Hub = {
  /** Where it listens: `http://127.0.0.1:8100`. */
  readonly url: string;
  close(): Promise<void>;
};

const endsWithinMs = 5 * secondMs;
/** What only the owner may do is seldom: partitions and jobs. */
const mostOwnerConnections = 2;

/** Starts the hub; rejected with a sentence for a person where it cannot work. */
export async function startHub({ environment, secrets, clock, log, version, migrations }: HubParts): Promise<Hub> {
  const databaseUrl = await withPassword(environment);
  const appUrl = await prepareDatabase({
    url: databaseUrl,
    appPassword: secrets.keyFor("database role").toString("base64url"),
    keyFingerprint: secrets.keyFor("fingerprint").toString("hex"),
    log,
    migrations,
  });
  const database = openDatabase(appUrl, log);
  const owner = openDatabase(databaseUrl, log, { max: mostOwnerConnections });
  const { people, rows, takeTelemetry, keepHeartbeat, web } = await hubApi({
    environment,
    secrets,
    clock,
    log,
    version,
    database,
    owner,
    pace: newNodePace(),
  });
  const rollups = startRollups(rows);
  const dialectMinutes = startDialectMinutes(rows);
  const retention = startRetention({ ...rows, exportsFolder: environment.exportsFolder });
  const sweep = startNodeSweep({ owner, clock, log });
  const mqtt = openHubMqtt({ url: environment.mqttUrl, ...(await mqttSecrets(environment.secretsFolder)), clock, log });
  const tenantOfNode = nodeLookUp(owner);
  const publishPace = startPublishPace({ mqtt, tenantOfNode, pace: newNodePace(), database, clock, log });
  const messages = followNodes({ mqtt, tenantOfNode, keepHeartbeat, publishPace, owner, clock, log });
  followRows({ mqtt, tenantOfNode, takeTelemetry, publishPace, spaces: rows.spaces, database, clock });
  const takeDialect = dialectIntake(rows);
  followForeign({ mqtt, tenantOfNode, takeDialect, bareNode: environment.dialectsNode, log });
  const endings: readonly ShutdownStep[] = [
    { what: "the web", end: () => web.close() },
    { what: "the sums of days", end: () => rollups.stop() },
    { what: "the minutes of readings", end: () => dialectMinutes.stop() },
    { what: "dropping what is old", end: () => retention.stop() },
    { what: "the look for silent nodes", end: () => sweep.close() },
    {
      what: "the broker",
      withinMs: secondMs,
      end: () => Promise.all([messages.close(), publishPace.close()]).then(mqtt.close),
    },
    { what: "what people need", end: () => people.close() },
    { what: "the database", end: () => Promise.all([database.close(), owner.close()]).then(() => {}) },
  ];
  const close = () => endInOrder(endings, { clock, log, withinMs: endsWithinMs });
  try {
    await people.begin();
    const { host, port } = environment;
    const url = await web.listen({ host, port });
    log.info("the hub is ready", { url, version });
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the API works with; `owner` is the database as its owner, for what only that may do. */
export type HubApiParts = Omit<HubParts, "migrations"> & {
  readonly database: Database;
  readonly owner: Database;
  readonly pace: NodePace;
};

/** The whole API, which does not listen yet and does nothing beside its requests but upkeep. The database has been prepared. */
export async function hubApi({ environment, secrets, clock, log, version, database, owner, pace }: HubApiParts) {
  const { publicUrl, trustedProxies } = environment;
  const people = openPeople({ database, environment, secrets, clock, log });
  const keepHeartbeat = heartbeatIntake(database);
  const nodes = nodesOf({
    database,
    keepHeartbeat,
    pace,
    owner,
    secrets,
    clock,
    log,
    publicUrl,
    trustedProxies,
    ...(await forNodes(environment, secrets)),
  });
  const partitions = openPartitions(owner, clock);
  const spaces = bodySpacesOfHeap();
  const keptFrom = keptFromOf(database, clock);
  const rows = { database, owner, clock, log, partitions, keptFrom, load: newLoad(spaces), spaces };
  const takeTelemetry = telemetryIntake(rows);
  const live = liveSockets({ database, clock, log });
  const web = buildHubWeb({
    routes: [
      openApiRoutes,
      healthRoutes({ database, version }),
      ...people.routes,
      ...nodes.routes,
      telemetryRoutes(takeTelemetry, rows.spaces),
      deviceRoutes({ database }),
      moveRoute(rows),
      gapRoutes(rows),
      eventRoutes({ database }),
      energyRoutes(rows),
      dialectRoutes({ database }),
      dialectMessageRoutes({ database }),
      readerRoutes({ database, owner, clock, log }),
      liveRoute({ live, letIn: people.letIn, publicUrl }),
    ],
    recognize: [...people.recognize, nodes.recognize],
    secrets,
    version,
    log,
  });
  return { people, rows, takeTelemetry, keepHeartbeat, web };
}

/** The URL of the database, with the password of the secrets where it has none. */
async function withPassword({ databaseUrl, secretsFolder }: HubEnvironment): Promise<string> {
  const url = new URL(databaseUrl);
  if (url.password !== "") return databaseUrl;
  url.password = encodeURIComponent((await secretOfFile(secretsFolder, "database-password")) ?? "");
  return url.href;
}

/** What the hub's own connection to the broker needs besides its URL, from files of its secrets. */
async function mqttSecrets(folder: string) {
  return { password: await secretOfFile(folder, "mqtt-password"), ca: await secretOfFile(folder, "mqtt-ca.pem") };
}

/** By which certificates nodes get to the broker, where there is one for them. */
async function forNodes({ nodesMqttUrl: url, secretsFolder }: HubEnvironment, secrets: HubSecrets) {
  let authority: Promise<NodeCa> | undefined;
  // What certificates are made with takes memory that hubs without a broker for nodes never need.
  const ca = () => {
    authority ??= import("./nodes/node-ca.ts").then(({ openNodeCa }) => openNodeCa(secrets));
    return authority;
  };
  if (url === undefined) return { ca, broker: undefined };
  return { ca, broker: { url, ca: await secretOfFile(secretsFolder, "mqtt-ca.pem") } };
}
