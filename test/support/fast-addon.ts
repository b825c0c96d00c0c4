/** The add-on's program as a child process whose time goes faster; wired as ha-addon/src/main.ts wires it. */
import { join } from "node:path";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { startApp } from "@heatloop/ha-addon/app";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { archiveLock } from "@heatloop/ha-addon/archive/lock";
import { startLog } from "@heatloop/ha-addon/base/log";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openInstallation, willOf } from "@heatloop/ha-addon/heat-pump/installation";
import { connectMqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { type FastTime, fastClock } from "./fast-clock.ts";

const [brokerUrl = "", folder = "", time = "", archive = join(folder, "archive")] = process.argv.slice(2);
const clock = fastClock(JSON.parse(time) as FastTime);
const log = startLog({ level: "info", write: (line) => process.stdout.write(line), now: clock.now });
const stateFiles = openStateFiles(folder, log);
const installation = await openInstallation(stateFiles("installation"));
const app = await startApp({
  clock,
  log,
  mqtt: connectMqtt({
    url: brokerUrl,
    clientId: `fast-${process.pid}`,
    will: willOf(installation),
    clock,
    log,
  }),
  homeAssistant: undefined,
  files: openArchive({
    folder: archive,
    log,
    clock,
    lock: archiveLock({ folder: archive, program: `Heatloop, process ${process.pid}` }),
  }),
  settings: await openSettings({ folder, log }),
  access: await openAccess({ folder, clock, log }),
  stateFiles,
  channelSecrets: secretFile(join(folder, "channel-secrets.json")),
  installation,
  version: "0.0.0",
  timeZone: () => "Europe/Rome",
  memoryBytes: () => process.memoryUsage.rss(),
  web: { host: "127.0.0.1", port: 0, trustedPeers: undefined, pageFolder: folder, swaggerUiFolder: folder },
});
process.on("SIGTERM", () => void app.close().then(() => process.exit(0)));
