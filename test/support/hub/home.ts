import { join } from "node:path";
import { type SecretFile, secretFile } from "@heatloop/ha-addon/base/secret-file";
import { hubAnswersWithinMs } from "@heatloop/ha-addon/hub/hub-client";
import { type HubLink, openHubLink } from "@heatloop/ha-addon/hub/hub-link";
import type { HubLinkState } from "@heatloop/ha-addon/hub/hub-link-state";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { systemClock } from "@heatloop/program/clock";
import { onTestFinished } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** `timesFaster`: its timers than those of a home. `keyFile`: what it is given instead of the file with its key. */
type TestHomeParts = {
  readonly now: () => number;
  readonly folder?: string;
  readonly timesFaster?: number;
  readonly keyFile?: (file: SecretFile) => SecretFile;
};

/** A home's link to its hub, with its settings and its key in a folder; it hardly waits between attempts. */
export async function testHome(at: TestHomeParts) {
  const { folder = temporaryFolder(), timesFaster = 100, keyFile = (file) => file } = at;
  const log = recordingLog();
  const machine = systemClock();
  let aheadMs = 0;
  const clock = {
    ...machine,
    now: () => at.now() + aheadMs,
    after: (ms: number, work: () => void) => machine.after(ms === hubAnswersWithinMs ? ms : ms / timesFaster, work),
  };
  const settings = await openSettings({ folder, log });
  const open = () => {
    const link = openHubLink({
      clock,
      log,
      settings,
      secretFile: keyFile(secretFile(join(folder, "hub-key.json"))),
      random: () => 0,
    });
    link.start();
    return link;
  };
  let link: HubLink = open();
  onTestFinished(async () => {
    await link.close();
    await settings.close();
  });
  return {
    folder,
    log,
    clock,
    settings,
    link: () => link,
    setAhead: (ms: number) => {
      aheadMs = ms;
    },
    async put(hub: object): Promise<void> {
      const changed = await settings.change({ hub });
      if (!changed.ok) throw new Error(JSON.stringify(changed.mistakes));
    },
    async is(state: HubLinkState["state"]): Promise<HubLinkState> {
      await waitFor(() => link.state().state === state, `the link is ${state}`);
      return link.state();
    },
    /** Until it is a node; its id. */
    async joined(): Promise<string> {
      return waitFor(() => link.state().node ?? undefined, "the home is a node");
    },
    async restart(): Promise<void> {
      await link.close();
      link = open();
    },
    /** Starts it again as after a kill: what it was doing is not waited for. */
    startAgain(): void {
      void link.close();
      link = open();
    },
  };
}
