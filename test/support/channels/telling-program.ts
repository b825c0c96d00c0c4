/** The channels of a folder in a process of their own; it tells as many news as it is asked to, then what waits. */
import { join } from "node:path";
import { zoneOf } from "@heatloop/core/time/local-day";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openChannels } from "@heatloop/ha-addon/channels/channels";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";

const [folder = "", count = "0"] = process.argv.slice(2);
const clock = systemClock();
const log = startLog({ level: "info", write: (line) => process.stdout.write(line), now: clock.now });
const zone = zoneOf("Europe/Rome");
if (zone === undefined) throw new Error("there is no Europe/Rome");
const channels = await openChannels({
  ...{ clock, log },
  settings: await openSettings({ folder, log }),
  secretFile: secretFile(join(folder, "channel-secrets.json")),
  stateFile: openStateFiles(folder, log)("channel-outbox"),
  sender: () => ({ installation: "inst0001", version: "1.2.3", language: "en", zone }),
});
channels.start((tell) => {
  for (let i = 1; i <= Number(count); i += 1) {
    const at = clock.now() + i;
    const about = { device: null, deviceName: null, sinceAt: at, at };
    tell({ kind: "raised", id: `alert/${i}`, severity: "error", message: `Alert ${i}`, ...about });
  }
  return () => {};
});
