import type { Stop } from "@heatloop/core/time/clock";
import { whenOurs } from "../archive/lock.ts";
import { startTransitionLog, type TransitionLog } from "../device/transition-log.ts";
import { bridgeF1p } from "../dialects/f1p-bridge.ts";
import { bridgeLabels } from "../dialects/label-bridge.ts";
import { mappedTopics } from "../dialects/labels.ts";
import { followHeatPumps } from "../heat-pump/follow-heat-pumps.ts";
import type { ArchiveReports } from "../report/archive-reports.ts";
import { startStatistics } from "../statistics/keeping.ts";
import { heatPumpStarter } from "./heat-pump-starter.ts";
import type { BrokerPresence, Wiring } from "./wiring.ts";

/** What writes the archive. */
export type Logging = {
  /** Begins nothing any more; the log of each heat pump goes on until it is closed. */
  readonly stop: Stop;
  /** Ends keeping prices and maintaining the archive. */
  closeMaintenance(): Promise<void>;
};

/** Logs the heat pumps from when the archive is this program's: another one that writes it does all of this already. */
export function startLogging(wiring: Wiring, presence: BrokerPresence): Logging {
  const { parts, archiveReports, ids, zone } = wiring;
  const { clock, log, files, settings, homeAssistant } = parts;
  const { electricity, water } = archiveReports;
  const transitionLog = startTransitionLog({ log, clock });
  let stopDialects: readonly Stop[] = [];
  let jobs: ReturnType<ArchiveReports["start"]> | undefined;
  const stopClaiming = whenOurs({ claim: files.claim, clock }, () => {
    jobs = archiveReports.start();
    wiring.statistics = startStatistics({ clock, log, homeAssistant, files, settings, ids, zone, electricity, water });
    wiring.heatPumps = follow(wiring, presence, transitionLog);
    stopDialects = [
      bridge(wiring, presence),
      bridgeLabels({ mqtt: parts.mqtt, settings, mayPublishFor: mayPublishFor(wiring, presence) }),
    ];
  });
  return {
    stop() {
      stopClaiming();
      for (const stop of stopDialects) stop();
      wiring.statistics?.close();
      transitionLog.close();
    },
    closeMaintenance: async () => jobs?.close(),
  };
}

/** Heat pumps with another firmware, in the topics that are followed. */
function bridge(wiring: Wiring, presence: BrokerPresence): Stop {
  const { mqtt, clock, log, settings } = wiring.parts;
  return bridgeF1p({
    mqtt,
    clock,
    log,
    named: () => settings.current().devices.map(({ prefix }) => prefix),
    mayPublishFor: mayPublishFor(wiring, presence),
  });
}

/** Whether this installation publishes for the heat pump with a prefix. */
function mayPublishFor({ ids }: Wiring, { publishingRight }: BrokerPresence) {
  return (prefix: string) => publishingRight.mayPublishFor(ids.named(prefix));
}

function follow(wiring: Wiring, presence: BrokerPresence, transitionLog: TransitionLog) {
  const { mqtt, clock, log, settings } = wiring.parts;
  return followHeatPumps({
    mqtt,
    clock,
    log,
    settings,
    ids: wiring.ids,
    isMapped: mappedTopics(() => settings.current().labels),
    start: heatPumpStarter(wiring, presence, transitionLog),
    onMessage() {
      wiring.counts.mqttMessages += 1;
    },
    onFollowed: () => wiring.owners?.reevaluate(),
    onGone(device) {
      wiring.owners?.forget(device);
      presence.announcer.gone(device);
      presence.installations.refresh();
      wiring.watchers.notify(device);
    },
  });
}
