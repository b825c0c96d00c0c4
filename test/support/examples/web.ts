import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openChannels } from "@heatloop/ha-addon/channels/channels";
import { openHubLink } from "@heatloop/ha-addon/hub/hub-link";
import { startHubUplink } from "@heatloop/ha-addon/hub/hub-uplink";
import { openInflux } from "@heatloop/ha-addon/influx/influx";
import { openSettings, type SettingsFile } from "@heatloop/ha-addon/settings/settings-file";
import type { WebParts } from "@heatloop/ha-addon/web/parts";
import { swaggerUiFolder } from "@heatloop/ha-addon/web/swagger-ui-folder";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import { usualSetup } from "@heatloop/hub/rollups/day-rollup";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect } from "vitest";
import type { z } from "zod";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { exampleNow } from "./device.ts";
import { type ExampleView, exampleView } from "./view.ts";

const addon = fileURLToPath(new URL("../../../ha-addon/", import.meta.url));

/** What a web needs, with a program in memory behind it, a simulated clock and real settings in a folder of its own. */
export type ExampleParts = WebParts & {
  readonly view: ExampleView;
  readonly settings: SettingsFile;
  readonly clock: SimulatedClock;
  readonly log: ReturnType<typeof recordingLog>;
  readonly folder: string;
  clean(): Promise<void>;
};

export async function exampleParts(view: ExampleView = exampleView()): Promise<ExampleParts> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-web-"));
  const log = recordingLog();
  const settings = await openSettings({ folder, log });
  const clock = simulatedClock(exampleNow);
  const access = await openAccess({ folder, clock, log });
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const channels = await openChannels({
    ...{ clock, log, settings },
    secretFile: secretFile(join(folder, "channel-secrets.json")),
    stateFile: openStateFiles(folder, log)("channel-outbox"),
    sender: () => ({ installation: "inst0001", version: "1.2.3", language: view.language(), zone: view.zone() }),
  });
  const influx = await openInflux({
    ...{ clock, log, settings, zone: () => view.zone() },
    archive: typedArchive(files, () => view.zone()),
    files,
    secretFile: secretFile(join(folder, "influx-secret.json")),
    stateFile: openStateFiles(folder, log)("influx"),
    nameOf: () => undefined,
  });
  const hub = openHubLink({ clock, log, settings, secretFile: secretFile(join(folder, "hub-key.json")) });
  const hubUplink = startHubUplink({
    ...{ clock, log, settings, link: hub, zone: () => view.zone(), files },
    archive: typedArchive(files, () => view.zone()),
    stateFile: openStateFiles(folder, log)("hub-rows"),
    identityOf: () => undefined,
    broker: { connected: () => false, tellRows: async () => false },
    setup: () => usualSetup,
  });
  return {
    view,
    settings,
    access,
    channels,
    influx,
    hub,
    hubUplink,
    homeEvents: { state: () => null },
    log,
    folder,
    clock,
    version: "1.2.3",
    pageFolder: join(addon, "web/dist"),
    swaggerUiFolder: swaggerUiFolder(join(addon, "src")),
    async clean() {
      await channels.close();
      await influx.close();
      await settings.close();
      await access.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where the API has the example's heat pump. */
export const examplePump = "/api/devices/ecodan-heatpump";

/** The web of the test that runs, not listening, and what it is made of; each test has its own. */
export type ExampleWeb = {
  readonly app: FastifyInstance;
  readonly parts: ExampleParts;
  /** What a path answers, checked by its schema. */
  json<T>(url: string, schema: z.ZodType<T>): Promise<T>;
};

/** Builds a web before each test of the file, and closes it afterwards. */
export function webOfEachTest(): ExampleWeb {
  let parts: ExampleParts;
  let app: FastifyInstance;
  beforeEach(async () => {
    parts = await exampleParts();
    app = buildWeb(parts);
  });
  afterEach(async () => {
    await app.close();
    await parts.clean();
  });
  return {
    get app() {
      return app;
    },
    get parts() {
      return parts;
    },
    async json(url, schema) {
      const answer = await app.inject(url);
      expect(answer.statusCode, answer.body).toBe(200);
      expect(answer.headers["content-type"]).toMatch(/^application\/json/);
      return schema.parse(answer.json());
    },
  };
}
