import { startAnnouncer } from "../heat-pump/announce.ts";
import { startBrokerAnnouncements } from "../heat-pump/broker-announcements.ts";
import { startInstallations } from "../heat-pump/installations.ts";
import { appearanceNow } from "./appearance.ts";
import { scheduleOf } from "./schedule-of.ts";
import { type BrokerPresence, readyHeatPumps, type Wiring } from "./wiring.ts";

/** Begins to announce the heat pumps, and to watch who else does. */
export function startBrokerPresence(wiring: Wiring): BrokerPresence {
  const { parts, ids } = wiring;
  const { mqtt, clock, log, version, settings, homeAssistant, installation } = parts;
  const devices = () => readyHeatPumps(wiring).map(({ device }) => device);
  const brokerAnnouncements = startBrokerAnnouncements({
    mqtt,
    own: installation,
    stateFile: parts.stateFiles("announced"),
  });
  const installations = startInstallations({
    own: installation,
    mqtt,
    clock,
    log,
    heatPumps: () => devices().map(({ id }) => id),
  });
  const announcer = startAnnouncer({
    mqtt,
    clock,
    log,
    version,
    installations,
    brokerAnnouncements,
    devices,
    isFollowed: (id) => wiring.heatPumps?.followed().includes(id),
    isDropped(id) {
      const named = settings.current().devices.map(({ prefix }) => ids.named(prefix));
      return named.length > 0 && !named.includes(id);
    },
    isScheduled: (id) => scheduleOf(wiring, id).length > 0,
    currency: () => settings.current().tariff.currency,
    appearance: () => appearanceNow(wiring),
  });
  const announceChanges = () => {
    for (const device of devices()) announcer.changed(device);
  };
  const stopSettings = settings.onChange(announceChanges);
  // Its language may be another one than before.
  const stopHome = homeAssistant?.onConnected(announceChanges);
  return {
    brokerAnnouncements,
    installations,
    announcer,
    publishingRight: { mayPublishFor: announcer.mayPublishFor, onChange: installations.onChange },
    stop() {
      announcer.stop();
      stopSettings();
      stopHome?.();
    },
  };
}
