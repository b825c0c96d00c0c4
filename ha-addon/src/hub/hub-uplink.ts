import type { HomeSetup } from "@heatloop/core/hub/home-setup";
import { sentPath } from "@heatloop/core/hub/telemetry";
import type { Stop } from "@heatloop/core/time/clock";
import { dayMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { type RowSender, type SenderParts, startRowSender } from "../sending/row-sender.ts";
import { type SendingState, sendingOff } from "../sending/sending-state.ts";
import { readSentDates } from "../sending/sent-dates.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { HubLink } from "./hub-link.ts";
import { type HubRow, hubRows } from "./hub-rows.ts";
import { type LiveRows, startLiveRows } from "./live-rows.ts";
import type { NodeBroker } from "./node-broker.ts";

/** As many as the hub keeps rows of; older ones it leaves out. */
const daysBack = 31;

export type HubUplinkParts = Omit<
  SenderParts<HubRow>,
  "destination" | "name" | "ifTooOld" | "newestFirst" | "isTold" | "onAllSent"
> & {
  readonly link: Pick<HubLink, "state" | "send" | "onChange">;
  /** The hub's broker, which is told of each row at once where it is there. */
  readonly broker: Pick<NodeBroker, "connected" | "tellRows">;
  readonly settings: Pick<SettingsFile, "current">;
  /** What the owner has set, of which the energy of a day follows. */
  readonly setup: () => HomeSetup;
  /** What tells a heat pump from others, where that is known. */
  readonly identityOf: (device: string) => string | undefined;
};

/** The rows of the archive on their way to the hub, as long as this home is a node of one. */
export type HubUplink = {
  state(): SendingState;
  /** Breaks off what is being sent; it is sent again by the next run. */
  close(): Promise<void>;
};

/** Sends the rows whenever this home is a node; where it left off, if it is still the same hub's. */
export function startHubUplink(parts: HubUplinkParts): HubUplink {
  const { log, link, settings, stateFile } = parts;
  let live: LiveRows | undefined;
  let sender: RowSender | undefined;
  let isNode = false;
  let changing = Promise.resolve();
  const sending: SenderParts<HubRow> = {
    ...parts,
    destination: () => ({ target: hubRows({ ...parts, send: link.send }), daysBack }),
    name: "the hub",
    ifTooOld: "the reports at home have them all the same",
    newestFirst: true,
    isTold: () => live?.isLive() ?? false,
    async onAllSent() {
      const from = parts.zone().dateOf(parts.clock.now() - (daysBack - 1) * dayMs);
      await link.send(sentPath, JSON.stringify({ from }), "application/json");
    },
  };

  const restart = inBackground(log, "sending to the hub", async () => {
    const [toldBefore, sentBefore] = [live, sender];
    [live, sender] = [undefined, undefined];
    await toldBefore?.stop();
    await sentBefore?.stop();
    if (!isNode) return;
    live = startLiveRows(parts);
    const destination = JSON.stringify([settings.current().hub.url, link.state().node]);
    sender = startRowSender(sending, readSentDates(await stateFile.read(), destination));
  });

  const stopLink: Stop = link.onChange((is) => {
    isNode = is;
    changing = changing.then(restart);
  });
  return {
    state: () => sender?.state() ?? sendingOff,
    async close() {
      stopLink();
      isNode = false;
      changing = changing.then(restart);
      await changing;
    },
  };
}
