import type { Clock } from "@heatloop/core/clock";
import { type Zone, zoneOf } from "@heatloop/core/local-day";
import { heatloopStatusTopic } from "@heatloop/mqtt-discovery/own-states";
import { startAnnouncer } from "./announce.ts";
import { installCard } from "./card-install.ts";
import type { CsvFiles } from "./csv-files.ts";
import { type Ending, endInOrder } from "./end-in-order.ts";
import { openEnergy } from "./energy.ts";
import { startExternalMeter } from "./external-meter.ts";
import { followHeatPumps, type HeatPumps } from "./follow-heat-pumps.ts";
import { type HeatPump, type HeatPumpStart, startHeatPump } from "./heat-pump.ts";
import type { HomeAssistant, HomeAssistantStatus } from "./home-assistant.ts";
import type { Log } from "./log.ts";
import type { MemoryFiles } from "./memory-file.ts";
import type { Mqtt, MqttStatus } from "./mqtt.ts";
import { startReportPublisher } from "./publish-reports.ts";
import { startRoomFeeds } from "./room-feeds.ts";
import type { SettingsFile } from "./settings-file.ts";
import { type Statistics, startStatistics } from "./statistics-keeping.ts";
import { heatloopView } from "./view.ts";
import { startWeb } from "./web.ts";
import type { HealthView, StatsView } from "./web-view.ts";

/** What the program is made of: its adapters, and what it is told at the start. */
export type AppParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly mqtt: Mqtt & { status(): MqttStatus };
  /** undefined: none is configured, so there are no rooms. */
  readonly homeAssistant: (HomeAssistant & { status(): HomeAssistantStatus }) | undefined;
  readonly files: CsvFiles;
  /** Where old days are put away, and what follows from finished ones is kept; undefined: neither is done. */
  readonly folders?: { readonly archive: string; readonly data: string };
  /** The card, and where Home Assistant's dashboards find it; undefined: it is not built, or none of our business. */
  readonly card?: { readonly cardFile: string; readonly configFolder: string; readonly usually: boolean } | undefined;
  readonly settings: SettingsFile;
  readonly memory: MemoryFiles;
  readonly version: string;
  /** The machine's time zone, for as long as neither settings nor Home Assistant name one. */
  readonly timeZone: string;
  /** The zone that the process was told to run in (TZ), which its plain clock knows; undefined: none. */
  readonly processZone?: string | undefined;
  readonly memoryBytes: () => number;
  readonly web: {
    readonly host: string;
    readonly port: number;
    readonly trustedPeers: readonly string[] | undefined;
    readonly pageFolder: string;
    readonly swaggerUiFolder: string;
  };
};

/** What stops programs waits 10 s at most before it kills; clients and brokers that hold on get less. */
const longestEndMs = 5_000;

export type App = {
  readonly url: string;
  /** Writes the running minute, says offline, and ends: within 5 s, whatever neighbours do. */
  close(): Promise<void>;
};

export async function startApp(parts: AppParts): Promise<App> {
  const { clock, log, mqtt, homeAssistant, files, settings, folders } = parts;
  const startedAt = clock.now();
  const energy = openEnergy({ clock, log, files, folders, settings, homeAssistant, zone, version: parts.version });
  const { archive, reports, electricity } = energy;
  const watchers = new Set<(device: string) => void>();
  const counts = { mqttMessages: 0, readings: 0, minutesWritten: 0, transitionsWritten: 0 };
  let lastRowAt: number | null = null;
  let heatPumps: HeatPumps | undefined;
  let statistics: Statistics | undefined;

  function zone(): Zone {
    const names = [settings.current().time_zone, homeAssistant?.config()?.timeZone, parts.timeZone, "UTC"];
    for (const name of names) {
      const named = name ? namedZone(name, name === parts.processZone) : undefined;
      if (named !== undefined) return named;
    }
    throw new Error("no UTC");
  }

  function ready(): readonly HeatPump[] {
    return heatPumps?.ready() ?? [];
  }

  function changed(device: string): void {
    for (const watch of watchers) watch(device);
  }

  function startOne(
    prefix: string,
    { after, isFirst }: { readonly after: Promise<void>; readonly isFirst: () => boolean },
  ): HeatPumpStart {
    return startHeatPump({
      prefix,
      name: settings.current().devices.find((device) => device.prefix === prefix)?.name,
      mqtt,
      archive,
      archiveHealth: files.health,
      clock,
      log,
      zone,
      after,
      startMeter: (last) => startExternalMeter({ clock, log, homeAssistant, mqtt, settings, isFirst, last }),
      electricity,
      startFeeds: (device, onTransition, onChange) =>
        startRoomFeeds({
          device,
          isFirst,
          clock,
          log,
          homeAssistant,
          settings,
          memory: parts.memory,
          onTransition,
          onChange,
        }),
      onChange(device, what) {
        counts.readings += 1;
        if (what === "points") announcer.changed(device);
        changed(device.id);
      },
      onTransition(device, transition) {
        counts.transitionsWritten += 1;
        if (transition.kind !== "online" && transition.kind !== "fault") return;
        log.info(transition.kind === "online" ? `the heat pump is ${transition.to}` : "fault code", {
          device: device.id,
          from: transition.from,
          to: transition.to,
        });
      },
      onMinute() {
        counts.minutesWritten += 1;
        lastRowAt = clock.now();
      },
    });
  }

  function health(): HealthView {
    const broker = mqtt.status();
    const assistant = homeAssistant?.status();
    const disk = files.health();
    return {
      mqtt: { state: broker.connected ? "connected" : "away", sinceAt: broker.since, detail: broker.lastError },
      homeAssistant:
        assistant === undefined
          ? { state: "off", sinceAt: null, detail: null }
          : {
              state: assistant.connected ? "connected" : "away",
              sinceAt: assistant.since,
              detail: (assistant.connected ? statistics?.status().detail : null) ?? assistant.lastError,
            },
      archive: { state: disk.ok ? "ok" : "failing", detail: disk.reason, waitingRows: disk.buffered, lastRowAt },
    };
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
    stats,
    onChange(watch) {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
  });
  // First of all: where another Heatloop has the port, it has the archive too.
  const web = await startWeb({ ...parts.web, view, settings, log, clock, version: parts.version });
  const runningEnergy = energy.start();
  statistics = startStatistics({ clock, log, homeAssistant, files, settings, zone, electricity });
  const card = parts.card && homeAssistant && installCard({ ...parts.card, log, homeAssistant, settings });
  log.info("Heatloop is ready", { url: web.url, version: parts.version });
  const announcer = startAnnouncer({
    mqtt,
    clock,
    log,
    version: parts.version,
    devices: () => ready().map(({ device }) => device),
    currency: () => settings.current().tariff.currency,
  });
  const reportPublisher = startReportPublisher({
    clock,
    log,
    mqtt,
    zone,
    settings,
    reports,
    language: () => homeAssistant?.config()?.language,
    devices: () => ready().map(({ device }) => device),
  });
  const stopSettings = settings.onChange((now, before) => {
    if (now.tariff.currency === before.tariff.currency) return;
    for (const { device } of ready()) announcer.changed(device);
  });
  heatPumps = followHeatPumps({
    mqtt,
    clock,
    log,
    settings,
    start: startOne,
    onMessage() {
      counts.mqttMessages += 1;
    },
    onGone(device) {
      announcer.gone(device);
      changed(device);
    },
  });
  const sayOffline = async () => {
    await mqtt.publish(heatloopStatusTopic, "offline", { retain: true, qos: 1 });
  };
  const sayOnline = mqtt.onConnected(() => void mqtt.publish(heatloopStatusTopic, "online", { retain: true, qos: 1 }));

  return {
    url: web.url,
    async close() {
      statistics?.close();
      announcer.stop();
      stopSettings();
      reportPublisher.close();
      sayOnline();
      // What was measured first: then whatever others do costs nothing but their own goodbye.
      const endings: readonly Ending[] = [
        { what: "the logs of the heat pumps", end: () => heatPumps?.close() },
        { what: "the care for old days", withinMs: 1_500, end: () => runningEnergy.close() },
        { what: "the archive", end: () => files.close() },
        { what: "the settings", end: () => settings.close() },
        { what: "saying offline", withinMs: 1_000, end: sayOffline },
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
