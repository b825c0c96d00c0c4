import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { backgroundClock } from "@heatloop/program/background";
import { endInOrder, type ShutdownStep } from "@heatloop/program/end-in-order";
import type { LiveAlerts } from "./alerts/live-alerts.ts";
import { startAlertOutlets } from "./app/alert-outlets.ts";
import { openProgramAlerts } from "./app/alert-sources.ts";
import type { AppParts } from "./app/app-parts.ts";
import { startBrokerPresence } from "./app/broker-presence.ts";
import { followFreeSpace } from "./app/free-space.ts";
import { tellHomeEvents } from "./app/home-events.ts";
import { type Logging, startLogging } from "./app/logging.ts";
import { programView } from "./app/program-view.ts";
import { type BrokerPresence, readyHeatPumps, type Wiring, wireUp } from "./app/wiring.ts";
import { watchArchiveSize } from "./archive/archive-size.ts";
import { type Owners, startOwners } from "./heat-pump/owners.ts";
import { installCard } from "./home-assistant/card-install.ts";
import { startHeartbeat } from "./hub/heartbeat.ts";
import { prepareReports } from "./report/prepare-reports.ts";
import { startReportPublisher } from "./report/publish-reports.ts";
import { startWeb, type Web } from "./web/web.ts";

/** What stops programs waits 10 s at most before it kills; clients and brokers that hold on get less. */
const longestEndMs = 5_000;

/** How often alerts are evaluated: `since` is exact to this. */
const alertsEachMs = 10_000;

export type App = {
  readonly url: string;
  /** Writes the running minute, publishes `offline`, and ends: within 5 s, whatever the other programs do. */
  close(): Promise<void>;
};

/** Starts the program. Rejected, with nothing started, where its web cannot listen. */
export async function startApp(parts: AppParts): Promise<App> {
  const { clock, log, settings, access, administrators, homeAssistant, version } = parts;
  const wiring = await wireUp(parts);
  const alerts = await openProgramAlerts(wiring);
  const view = programView(wiring, alerts);
  // First: if the port is taken, nothing else may start.
  const shown = {
    view,
    settings,
    access,
    administrators,
    channels: wiring.channels,
    influx: wiring.influx,
    hub: wiring.hub,
    hubUplink: wiring.hubUplink,
    homeEvents: wiring.homeEvents,
  };
  const web = await startWeb({ ...parts.web, ...shown, log, clock, version });
  const freeSpace = followFreeSpace(parts);
  wiring.freeSpace = freeSpace;
  // What is wrong began when it did, and not when somebody asked.
  const stopAlerts = backgroundClock(clock, log, "alerts").every(alertsEachMs, alerts.active);
  wiring.channels.start(alerts.onNews);
  const card = parts.card && homeAssistant && installCard({ ...parts.card, log, clock, homeAssistant, settings });
  log.info("Heatloop is ready", { url: web.url, version });
  const presence = startBrokerPresence(wiring);
  wiring.presence = presence;
  const reportPublisher = publishReports(wiring, presence);
  const preparation = prepareDays(wiring);
  const stopOutlets = startAlertOutlets(wiring, alerts, presence);
  const reevaluate = () => {
    for (const { feeds } of readyHeatPumps(wiring)) feeds.reevaluate();
  };
  const stopRights = presence.publishingRight.onChange(reevaluate);
  const owners = await followOwners(wiring, reevaluate);
  wiring.owners = owners;
  wiring.influx.start();
  const stopHeartbeat = heartbeatOf(wiring);
  const stopEvents = tellHomeEvents(wiring, alerts);
  wiring.hub.start();
  wiring.archiveSize = watchArchiveSize({ size: parts.files.size, clock, log });
  const logging = startLogging(wiring, presence);
  const stops = [
    logging.stop,
    wiring.archiveSize.stop,
    stopAlerts,
    stopOutlets,
    freeSpace.stop,
    presence.stop,
    stopRights,
    owners.stop,
    reportPublisher.close,
    stopHeartbeat,
    stopEvents,
    wiring.boards.stop,
  ];
  return { url: web.url, close: () => close(wiring, { presence, logging, preparation, alerts, card, web, stops }) };
}

/** Tells the hub that this home lives, where it is a node of one. */
function heartbeatOf({ parts, hub, hubBroker, startedAt }: Wiring): Stop {
  const { clock, log, version, memoryBytes, freeBytes = async () => null, machine } = parts;
  return startHeartbeat({ clock, log, hub, broker: hubBroker, version, startedAt, memoryBytes, freeBytes, machine });
}

function publishReports(wiring: Wiring, { publishingRight }: BrokerPresence) {
  const { clock, log, mqtt, settings, homeAssistant } = wiring.parts;
  return startReportPublisher({
    clock,
    log,
    mqtt,
    zone: wiring.zone,
    settings,
    reports: wiring.archiveReports.reports,
    language: () => homeAssistant?.config()?.language,
    devices: () => readyHeatPumps(wiring).map(({ device }) => device),
    publishingRight,
  });
}

/** Makes the days of reports before anybody asks; undefined where nothing of them is kept. */
function prepareDays(wiring: Wiring) {
  const { clock, log, files, folders, settings } = wiring.parts;
  if (folders === undefined) return undefined;
  return prepareReports({
    clock,
    log,
    zone: wiring.zone,
    settings,
    reports: wiring.archiveReports.reports,
    devices: () => readyHeatPumps(wiring).map(({ device }) => device.id),
    archiveDates: files.dates,
  });
}

/** Which heat pump the rooms and the meter of the settings belong to. */
function followOwners(wiring: Wiring, onChange: () => void): Promise<Owners> {
  const { clock, log, settings, stateFiles } = wiring.parts;
  const wasSeenLive = (id: string) =>
    readyHeatPumps(wiring).some(({ device }) => device.id === id && device.firstSeen() !== null);
  return startOwners({
    clock,
    log,
    settings,
    stateFile: stateFiles("owner"),
    ids: wiring.ids,
    candidates: () => (wiring.heatPumps?.followed() ?? []).map((id) => ({ id, wasSeenLive: wasSeenLive(id) })),
    onChange,
  });
}

type Running = {
  readonly presence: BrokerPresence;
  readonly logging: Logging;
  readonly preparation: { close(): Promise<void> } | undefined;
  readonly alerts: LiveAlerts;
  readonly card: { close(): Promise<void> } | undefined;
  readonly web: Web;
  readonly stops: readonly Stop[];
};

async function close(
  { parts, heatPumps, ids, channels, influx, hub, hubBroker, hubUplink, dayReports, homeEvents }: Wiring,
  running: Running,
): Promise<void> {
  const { clock, log, files, settings, access, mqtt, homeAssistant } = parts;
  const { presence, logging, preparation, alerts, card, web } = running;
  for (const stop of running.stops) stop();
  // Measured data is saved first; a peer that hangs delays only its own disconnect.
  const endings: readonly ShutdownStep[] = [
    { what: "the logs of the heat pumps", end: () => heatPumps?.close() },
    { what: "archive maintenance", withinMs: 1_500, end: () => logging.closeMaintenance() },
    { what: "the days for reports", withinMs: 500, end: () => preparation?.close() },
    { what: "the archive", end: () => files.close() },
    { what: "the saved alerts", withinMs: 500, end: () => alerts.close() },
    { what: "the settings", end: () => settings.close() },
    { what: "the sessions", withinMs: 500, end: () => access.close() },
    { what: "the alerts' channels", withinMs: 500, end: () => channels.close() },
    { what: "the rows for InfluxDB", withinMs: 500, end: () => influx.close() },
    { what: "the rows for the hub", withinMs: 500, end: () => hubUplink.close() },
    { what: "the reports for the hub", withinMs: 500, end: () => dayReports.close() },
    { what: "the events for the hub", withinMs: 500, end: () => homeEvents.close() },
    { what: "the broker of the hub", withinMs: 500, end: () => hubBroker.close() },
    { what: "the link to the hub", withinMs: 500, end: () => hub.close() },
    { what: "the saved announcements", withinMs: 500, end: () => presence.brokerAnnouncements.stop() },
    { what: "the saved ids of the heat pumps", withinMs: 500, end: () => ids.close() },
    { what: "publishing offline", withinMs: secondMs, end: () => presence.installations.close() },
    { what: "the connection to the broker", withinMs: 2_500, end: () => mqtt.close() },
    { what: "the connection to Home Assistant", withinMs: 500, end: () => homeAssistant?.close() },
    { what: "the card's installation", withinMs: 500, end: () => card?.close() },
    { what: "the web", withinMs: 2_000, end: () => web.close() },
  ];
  await endInOrder(endings, { clock, log, withinMs: longestEndMs });
  log.info("Heatloop has ended");
}
