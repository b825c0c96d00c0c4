import { problemText } from "../alerts/texts/problem-text.ts";
import type { TransitionLog } from "../device/transition-log.ts";
import { startExternalMeter } from "../heat-pump/external-meter.ts";
import type { HeatPumpParts } from "../heat-pump/heat-pump-parts.ts";
import { type HeatPumpStart, startHeatPump } from "../heat-pump/start-heat-pump.ts";
import { startRoomFeeds } from "../room-feed/room-feeds.ts";
import { tellTransition } from "./home-events.ts";
import { programLanguage } from "./program-language.ts";
import { scheduleOf } from "./schedule-of.ts";
import type { BrokerPresence, Wiring } from "./wiring.ts";

type Starting = { readonly id: string; readonly after: Promise<void> };

/** What begins with one heat pump, named by its prefix: its log, its meter and its rooms. */
export function heatPumpStarter(
  wiring: Wiring,
  presence: BrokerPresence,
  transitionLog: TransitionLog,
): (prefix: string, starting: Starting) => HeatPumpStart {
  const { parts, archiveReports, zone } = wiring;
  const { mqtt, files, clock, log, settings, stateFiles } = parts;
  return (prefix, { id, after }) =>
    startHeatPump({
      prefix,
      id,
      name: settings.current().devices.find((device) => device.prefix === prefix)?.name,
      mqtt,
      archive: archiveReports.archive,
      archiveHealth: files.health,
      clock,
      log,
      zone,
      after,
      electricity: archiveReports.electricity,
      water: archiveReports.water,
      startMeter: meterStarter(wiring, id),
      boostFile: stateFiles(`boost-${id}`),
      schedule: () => scheduleOf(wiring, id),
      scheduleFile: stateFiles(`schedule-${id}`),
      startFeeds: feedStarter(wiring, presence),
      publishingRight: presence.publishingRight,
      onFirstSeen: () => wiring.owners?.reevaluate(),
      ...reports(wiring, presence, transitionLog, id),
    });
}

/** The external meter of the settings is read where it is this heat pump's. */
function meterStarter(wiring: Wiring, id: string): HeatPumpParts["startMeter"] {
  const { clock, log, homeAssistant, mqtt, settings } = wiring.parts;
  const isOurs = () => wiring.owners?.owns(id, settings.current().electricity.meter?.device) === true;
  return (last) => startExternalMeter({ clock, log, homeAssistant, mqtt, settings, isOurs, last });
}

function feedStarter(wiring: Wiring, { publishingRight }: BrokerPresence): HeatPumpParts["startFeeds"] {
  const { clock, log, homeAssistant, settings, stateFiles } = wiring.parts;
  return (device, onTransition, onChange) =>
    startRoomFeeds({
      device,
      owns: (room) => wiring.owners?.owns(device.id, room.device) === true,
      whyUnowned() {
        const why = wiring.owners?.whyUnowned() ?? null;
        return why && problemText(why, programLanguage(wiring.parts));
      },
      mayBeFed: () => publishingRight.mayPublishFor(device.id),
      clock,
      log,
      homeAssistant,
      settings,
      stateFiles,
      onTransition,
      onChange,
    });
}

/** Counts what a heat pump reports, and hands it on. */
function reports(
  { parts, counts, history, homeEvents, watchers }: Wiring,
  { announcer, installations }: BrokerPresence,
  transitionLog: TransitionLog,
  id: string,
): Pick<HeatPumpParts, "onChange" | "onTransition" | "onMinute"> {
  return {
    onChange(device, what) {
      counts.readings += 1;
      if (what === "points") {
        announcer.changed(device);
        installations.refresh();
      }
      watchers.notify(device.id);
    },
    onTransition(device, transition) {
      counts.transitionsWritten += 1;
      history.takeTransition(id, transition);
      transitionLog.take(device.id, transition);
      tellTransition(homeEvents, device.id, transition);
    },
    onMinute() {
      counts.minutesWritten += 1;
      history.takeMinute(id);
      counts.lastRowAt = parts.clock.now();
      counts.lastRowOf.set(id, counts.lastRowAt);
    },
  };
}
