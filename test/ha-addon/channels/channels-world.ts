import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { zoneOf } from "@heatloop/core/time/local-day";
import type { AlertNews } from "@heatloop/ha-addon/alerts/alert-news";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openChannels } from "@heatloop/ha-addon/channels/channels";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { onTestFinished } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newsAt, offlineNews } from "./news-examples.ts";
import { exampleSender, servicesAt } from "./sender-example.ts";

/**
 * The channels of a program: real files in a folder, settings that name these channels, a clock that stands at `newsAt`.
 * Another one in the same folder is the next run of the program.
 */
export async function channelsWorld(
  channels: readonly object[] | undefined,
  how: { readonly folder?: string; readonly clock?: SimulatedClock; readonly servicesUrl?: string } = {},
) {
  const folder = how.folder ?? temporaryFolder();
  const clock = how.clock ?? simulatedClock(newsAt);
  const log = recordingLog();
  if (channels !== undefined) writeFileSync(join(folder, "settings.json"), JSON.stringify({ alerts: { channels } }));
  const settings = await openSettings({ folder, log });
  const { at: _, zone: _zone, ...sender } = exampleSender;
  const opened = await openChannels({
    ...{ clock, log, settings },
    secretFile: secretFile(join(folder, "channel-secrets.json")),
    stateFile: openStateFiles(folder, log)("channel-outbox"),
    sender: () => ({ ...sender, zone: zoneOf("Europe/Rome") ?? exampleSender.zone }),
    ...(how.servicesUrl !== undefined && { services: servicesAt(how.servicesUrl) }),
  });
  let tellAll: (news: AlertNews) => void = () => {};
  opened.start((tell) => {
    tellAll = tell;
    return () => {
      tellAll = () => {};
    };
  });
  onTestFinished(() => opened.close());

  return {
    ...{ folder, clock, log, settings, channels: opened },
    /** Tells news; what is not given is that of the heat pump that went offline. */
    tell: (news: Partial<AlertNews> = {}) => tellAll({ ...offlineNews, at: clock.now(), ...news }),
    pass: (ms: number) => clock.advanceTo(clock.now() + ms),
    /** The state of the only channel, or of a named one. */
    state: (name?: string) => opened.list().find((each) => name === undefined || each.name === name),
    /** Waits until nothing waits to be delivered. */
    async told() {
      await waitFor(() => opened.list().every(({ waiting }) => waiting === 0), "all is told");
    },
    /** Waits until an attempt has failed. */
    async failed() {
      await waitFor(() => opened.list().some(({ error }) => error !== null), "an attempt failed");
    },
  };
}
