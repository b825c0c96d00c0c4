import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { type Health, healthView } from "./alerts/health.ts";
import type { AppParts } from "./app-parts.ts";
import { whenOurs } from "./archive/lock.ts";
import { backgroundClock } from "./base/background.ts";
import { openDeviceIds } from "./base/device-ids.ts";
import { endInOrder, type ShutdownStep } from "./base/end-in-order.ts";
import { watchersOf } from "./base/watchers.ts";
import { deviceLines } from "./device/device-lines.ts";
import { startAnnouncer } from "./heat-pump/announce.ts";
import { startExternalMeter } from "./heat-pump/external-meter.ts";
import { followHeatPumps, type HeatPumps } from "./heat-pump/follow-heat-pumps.ts";
import { type HeatPump, type HeatPumpStart, startHeatPump } from "./heat-pump/heat-pump.ts";
import { startInstallations } from "./heat-pump/installations.ts";
import { type Owners, startOwners } from "./heat-pump/owners.ts";
import { startStandingAnnouncements } from "./heat-pump/standing-announcements.ts";
import { installCard } from "./home-assistant/card-install.ts";
import { limitNotices } from "./mqtt/limits.ts";
import { type BrokerNotice, copiedSentence, sharedNotices } from "./mqtt/shared-heat-pumps.ts";
import type { Voice } from "./mqtt/voice.ts";
import { openEnergy } from "./report/energy.ts";
import { startReportPublisher } from "./report/publish-reports.ts";
import { startRoomFeeds } from "./room-feed/room-feeds.ts";
import { type Statistics, startStatistics } from "./statistics/keeping.ts";
import { heatloopView } from "./web/program-view.ts";
import type { StatsView } from "./web/view.ts";
import { startWeb } from "./web/web.ts";

/** What stops programs waits 10 s at most before it kills; clients and brokers that hold on get less. */
const longestEndMs = 5_000;

/** How exactly it is known since when something is wrong that does not say so itself. */
const alertsEachMs = 10_000;

export type App = {
  readonly url: string;
  /** Writes the running minute, says offline, and ends: within 5 s, whatever neighbours do. */
  close(): Promise<void>;
};

export async function startApp(parts: AppParts): Promise<App> {
  const { clock, log, mqtt, homeAssistant, files, settings, folders } = parts;
  const startedAt = clock.now();
  const edges = deviceLines({ log, clock });
  const energy = openEnergy({ clock, log, files, folders, settings, homeAssistant, zone, version: parts.version });
  const { archive, reports, electricity, water } = energy;
  const watchers = watchersOf<[device: string]>(log, "a change of a heat pump");
  const counts = { mqttMessages: 0, readings: 0, minutesWritten: 0, transitionsWritten: 0 };
  let lastRowAt: number | null = null;
  let heatPumps: HeatPumps | undefined;
  let runningEnergy: ReturnType<typeof energy.start> | undefined;
  let statistics: Statistics | undefined;
  let owners: Owners | undefined;

  function zone(): Zone {
    const sources = [
      () => settings.current().time_zone,
      () => homeAssistant?.config()?.timeZone,
      parts.timeZone,
      () => "UTC",
    ];
    for (const source of sources) {
      const name = source();
      const named = name ? namedZone(name, name === parts.processZone) : undefined;
      if (named !== undefined) return named;
    }
    throw new Error("no UTC");
  }

  function ready(): readonly HeatPump[] {
    return heatPumps?.ready() ?? [];
  }

  function wasSeenLive(id: string): boolean {
    return ready().some(({ device }) => device.id === id && device.firstSeen() !== null);
  }

  const changed = watchers.notify;

  const ids = await openDeviceIds(parts.memory("device-ids"));

  function startOne(
    prefix: string,
    { id, after }: { readonly id: string; readonly after: Promise<void> },
  ): HeatPumpStart {
    const ownsMeter = () => owners?.owns(id, settings.current().electricity.meter?.device) === true;
    return startHeatPump({
      prefix,
      id,
      name: settings.current().devices.find((device) => device.prefix === prefix)?.name,
      mqtt,
      archive,
      archiveHealth: files.health,
      clock,
      log,
      zone,
      after,
      startMeter: (last) => startExternalMeter({ clock, log, homeAssistant, mqtt, settings, isOurs: ownsMeter, last }),
      electricity,
      water,
      startFeeds: (device, onTransition, onChange) =>
        startRoomFeeds({
          device,
          owns: (room) => owners?.owns(device.id, room.device) === true,
          whyUnowned: () => owners?.whyUnowned() ?? null,
          mayBeFed: () => voice.speaksFor(device.id),
          clock,
          log,
          homeAssistant,
          settings,
          memory: parts.memory,
          onTransition,
          onChange,
        }),
      onFirstSeen: () => owners?.lookAgain(),
      voice,
      onChange(device, what) {
        counts.readings += 1;
        if (what === "points") {
          announcer.changed(device);
          installations.refresh();
        }
        changed(device.id);
      },
      onTransition(device, transition) {
        counts.transitionsWritten += 1;
        edges.take(device.id, transition);
      },
      onMinute() {
        counts.minutesWritten += 1;
        lastRowAt = clock.now();
      },
    });
  }

  function brokerNotices(): readonly BrokerNotice[] {
    return limitNotices(mqtt.limits(), mqtt.status().tooLarge);
  }

  function health(): Health {
    return healthView({
      broker: mqtt.status(),
      limits: brokerNotices(),
      assistant: homeAssistant?.status(),
      statistics: statistics?.status().detail ?? null,
      disk: files.health(),
      lastRowAt,
    });
  }

  function notices(): readonly BrokerNotice[] {
    const limits = brokerNotices();
    // Until the heat pumps are followed there is nobody to share them.
    if (heatPumps === undefined) return limits;
    const devices = ready().map(({ device }) => device);
    const copied = installations.isCopied() ? [{ id: "installation", message: copiedSentence, device: null }] : [];
    const failed = heatPumps.troubles().map(({ id, why }) => {
      const message = `${id}: ${why}. It is not logged; Heatloop tries again each minute, and its log says more`;
      return { id: `start/${id}`, message, device: id };
    });
    return [...limits, ...copied, ...failed, ...sharedNotices(devices, installations.others(), announcer.otherOwnerOf)];
  }

  function stats(): StatsView {
    return { startedAt, ...counts, memoryBytes: parts.memoryBytes() };
  }

  const view = heatloopView({
    heatPumps: ready,
    archive,
    reports,
    settings,
    clock,
    zone,
    health,
    priceProblems: energy.priceProblems,
    stats,
    brokerKeeps: () => mqtt.limits().retain,
    clearTopic: (topic) => mqtt.publish(topic, "", { retain: true, qos: 1 }),
    ownersTrouble: () => owners?.trouble() ?? null,
    notices,
    onChange: watchers.add,
  });
  // First of all: where another Heatloop has the port, nothing shall be begun.
  const web = await startWeb({ ...parts.web, view, settings, log, clock, version: parts.version });
  // What is wrong began when it did, and not when somebody asked.
  const stopAlerts = backgroundClock(clock, log, "alerts").every(alertsEachMs, view.alerts);
  const card = parts.card && homeAssistant && installCard({ ...parts.card, log, clock, homeAssistant, settings });
  log.info("Heatloop is ready", { url: web.url, version: parts.version });
  const standing = startStandingAnnouncements({
    mqtt,
    own: parts.installation,
    memory: parts.memory("announced"),
  });
  const installations = startInstallations({
    own: parts.installation,
    mqtt,
    clock,
    log,
    heatPumps: () => ready().map(({ device }) => device.id),
  });
  const announcer = startAnnouncer({
    mqtt,
    clock,
    log,
    version: parts.version,
    installations,
    standing,
    devices: () => ready().map(({ device }) => device),
    isFollowed: (id) => heatPumps?.followed().includes(id),
    isDropped: (id) => {
      const named = settings.current().devices.map(({ prefix }) => ids.named(prefix));
      return named.length > 0 && !named.includes(id);
    },
    currency: () => settings.current().tariff.currency,
  });
  const voice: Voice = { speaksFor: announcer.speaksFor, onChange: installations.onChange };
  const reportPublisher = startReportPublisher({
    clock,
    log,
    mqtt,
    zone,
    settings,
    reports,
    language: () => homeAssistant?.config()?.language,
    devices: () => ready().map(({ device }) => device),
    voice,
  });
  const stopSettings = settings.onChange((now, before) => {
    if (now.tariff.currency === before.tariff.currency) return;
    for (const { device } of ready()) announcer.changed(device);
  });
  const lookAgain = () => {
    for (const { feeds } of ready()) feeds.lookAgain();
  };
  const stopVoice = voice.onChange(lookAgain);
  owners = await startOwners({
    clock,
    log,
    settings,
    memory: parts.memory("owner"),
    ids,
    candidates: () => (heatPumps?.followed() ?? []).map((id) => ({ id, wasSeenLive: wasSeenLive(id) })),
    onChange: lookAgain,
  });
  // Another program that writes this archive does all of this already.
  const stopClaiming = whenOurs({ claim: files.claim, clock }, () => {
    runningEnergy = energy.start();
    statistics = startStatistics({ clock, log, homeAssistant, files, settings, ids, zone, electricity, water });
    heatPumps = followHeatPumps({
      mqtt,
      clock,
      log,
      settings,
      ids,
      start: startOne,
      onMessage() {
        counts.mqttMessages += 1;
      },
      onFollowed: () => owners?.lookAgain(),
      onGone(device) {
        owners?.forget(device);
        announcer.gone(device);
        installations.refresh();
        changed(device);
      },
    });
  });

  return {
    url: web.url,
    async close() {
      stopClaiming();
      stopAlerts();
      statistics?.close();
      announcer.stop();
      stopSettings();
      stopVoice();
      owners?.stop();
      reportPublisher.close();
      edges.close();
      // What was measured first: then whatever others do costs nothing but their own goodbye.
      const endings: readonly ShutdownStep[] = [
        { what: "the logs of the heat pumps", end: () => heatPumps?.close() },
        { what: "the care for old days", withinMs: 1_500, end: () => runningEnergy?.close() },
        { what: "the archive", end: () => files.close() },
        { what: "the settings", end: () => settings.close() },
        { what: "the memory of what was announced", withinMs: 500, end: () => standing.stop() },
        { what: "the memory of the heat pumps' ids", withinMs: 500, end: () => ids.close() },
        { what: "saying offline", withinMs: 1_000, end: () => installations.close() },
        { what: "the connection to the broker", withinMs: 2_500, end: () => mqtt.close() },
        { what: "the connection to Home Assistant", withinMs: 500, end: () => homeAssistant?.close() },
        { what: "the card's installation", withinMs: 500, end: () => card?.close() },
        { what: "the web", withinMs: 2_000, end: () => web.close() },
      ];
      await endInOrder(endings, { clock, log, withinMs: longestEndMs });
      log.info("Heatloop has ended");
    },
  };
}

const zones = new Map<string, Zone | undefined>();

function namedZone(name: string, isProcess: boolean): Zone | undefined {
  if (!zones.has(name)) zones.set(name, zoneOf(name, isProcess));
  return zones.get(name);
}
