import type { Stop } from "@heatloop/core/time/clock";
import { whenOurs } from "../archive/lock.ts";
import { type DeviceLines, deviceLines } from "../device/device-lines.ts";
import { followHeatPumps } from "../heat-pump/follow-heat-pumps.ts";
import type { Energy } from "../report/energy.ts";
import { startStatistics } from "../statistics/keeping.ts";
import { heatPumpStarter } from "./heat-pump-starter.ts";
import type { BrokerPresence, Wiring } from "./wiring.ts";

/** What writes the archive. */
export type Logging = {
  /** Begins nothing any more; the log of each heat pump goes on until it is closed. */
  readonly stop: Stop;
  /** Ends keeping prices and putting old days away. */
  closeCare(): Promise<void>;
};

/** Logs the heat pumps from when the archive is this program's: another one that writes it does all of this already. */
export function startLogging(wiring: Wiring, presence: BrokerPresence): Logging {
  const { parts, energy, ids, zone } = wiring;
  const { clock, log, files, settings, homeAssistant } = parts;
  const { electricity, water } = energy;
  const edges = deviceLines({ log, clock });
  let care: ReturnType<Energy["start"]> | undefined;
  const stopClaiming = whenOurs({ claim: files.claim, clock }, () => {
    care = energy.start();
    wiring.statistics = startStatistics({ clock, log, homeAssistant, files, settings, ids, zone, electricity, water });
    wiring.heatPumps = follow(wiring, presence, edges);
  });
  return {
    stop() {
      stopClaiming();
      wiring.statistics?.close();
      edges.close();
    },
    closeCare: async () => care?.close(),
  };
}

function follow(wiring: Wiring, presence: BrokerPresence, edges: DeviceLines) {
  const { mqtt, clock, log, settings } = wiring.parts;
  return followHeatPumps({
    mqtt,
    clock,
    log,
    settings,
    ids: wiring.ids,
    start: heatPumpStarter(wiring, presence, edges),
    onMessage() {
      wiring.counts.mqttMessages += 1;
    },
    onFollowed: () => wiring.owners?.lookAgain(),
    onGone(device) {
      wiring.owners?.forget(device);
      presence.announcer.gone(device);
      presence.installations.refresh();
      wiring.watchers.notify(device);
    },
  });
}
