import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import { type DeviceHistory, openDeviceHistory } from "../alerts/device-history.ts";
import type { WatchedSize } from "../archive/archive-size.ts";
import { type DeviceIds, openDeviceIds } from "../base/device-ids.ts";
import { type Watchers, watchersOf } from "../base/watchers.ts";
import { type Channels, openChannels } from "../channels/channels.ts";
import { type Boards, watchBoards } from "../device/boards.ts";
import type { Announcer } from "../heat-pump/announce.ts";
import type { BrokerAnnouncements } from "../heat-pump/broker-announcements.ts";
import { openEntityLanguage } from "../heat-pump/entity-language.ts";
import type { HeatPumps } from "../heat-pump/follow-heat-pumps.ts";
import type { HeatPump } from "../heat-pump/heat-pump.ts";
import type { Installations } from "../heat-pump/installations.ts";
import type { Owners } from "../heat-pump/owners.ts";
import { type DayReports, startDayReports } from "../hub/day-reports.ts";
import { type HomeEventTeller, startHomeEventTeller } from "../hub/home-event-teller.ts";
import { type HubLink, openHubLink } from "../hub/hub-link.ts";
import { type HubUplink, startHubUplink } from "../hub/hub-uplink.ts";
import { type NodeBroker, openNodeBroker } from "../hub/node-broker.ts";
import { type Influx, openInflux } from "../influx/influx.ts";
import type { PublishingRight } from "../mqtt/publishing-right.ts";
import { type Retaining, retainingOf } from "../mqtt/retaining.ts";
import { type ArchiveReports, openArchiveReports } from "../report/archive-reports.ts";
import { dayCosts } from "../report/day-costs.ts";
import type { Statistics } from "../statistics/keeping.ts";
import type { AppParts } from "./app-parts.ts";
import type { FreeSpace } from "./free-space.ts";
import { programLanguage } from "./program-language.ts";
import { programZone } from "./program-zone.ts";

/** What the program counts since its start. */
export type Counts = {
  mqttMessages: number;
  readings: number;
  minutesWritten: number;
  transitionsWritten: number;
  /** When the newest row was written, ms since the epoch. */
  lastRowAt: number | null;
  /** The same by heat pump. */
  readonly lastRowOf: Map<string, number>;
};

/** This installation on the broker, beside others there: what it announces, and which heat pumps it publishes for. */
export type BrokerPresence = {
  readonly brokerAnnouncements: BrokerAnnouncements;
  readonly installations: Installations;
  readonly announcer: Announcer;
  readonly publishingRight: PublishingRight;
  /** Announces nothing any more; `standing` and `installations` end later, once the rest has. */
  readonly stop: Stop;
};

/** What the features of the program share; the optional ones start later than others that ask them. */
export type Wiring = {
  readonly parts: AppParts;
  /** What is retained at the broker, through the `mqtt` of `parts`. */
  readonly retaining: Retaining<AppParts["mqtt"]>;
  /** When the program started, ms since the epoch. */
  readonly startedAt: number;
  readonly zone: () => Zone;
  readonly archiveReports: ArchiveReports;
  readonly ids: DeviceIds;
  readonly channels: Channels;
  readonly influx: Influx;
  readonly hub: HubLink;
  readonly boards: Boards;
  /** The broker of the hub. */
  readonly hubBroker: NodeBroker;
  readonly hubUplink: HubUplink;
  readonly dayReports: DayReports;
  readonly homeEvents: HomeEventTeller;
  /** In which language entities are named. */
  readonly entityLanguage: () => HomeLanguage;
  readonly counts: Counts;
  /** What alerts need to know of the heat pumps. */
  readonly history: DeviceHistory;
  /** Are notified of the id of each heat pump that changes. */
  readonly watchers: Watchers<[device: string]>;
  presence?: BrokerPresence;
  freeSpace?: FreeSpace;
  owners?: Owners;
  heatPumps?: HeatPumps;
  statistics?: Statistics;
  archiveSize?: WatchedSize;
};

/** Opens what the features share; starts none of them. */
export async function wireUp(given: AppParts): Promise<Wiring> {
  const retaining = retainingOf(given.mqtt);
  const parts = { ...given, mqtt: retaining.mqtt };
  const { clock, log, files, folders, settings, homeAssistant, version } = parts;
  const zone = programZone(parts);
  const archiveReports = openArchiveReports({
    ...{ clock, log, files, folders, settings, homeAssistant, zone, version },
  });
  const hub = openHubLink({ clock, log, settings, secretFile: parts.hubKey });
  const boards = watchBoards(parts.mqtt);
  const toHub = {
    ...{ clock, log, zone, settings, files, archive: archiveReports.archive, link: hub },
    setup: () => ({ electricity: archiveReports.electricity(), water: archiveReports.water() }),
    // Of those that are there: what a board said under its former name is kept by the broker.
    identityOf(id: string) {
      const found = readyHeatPumps(wiring).find(
        ({ device }) => device.id === id && device.currentStates().states.online.state === "online",
      );
      return found && boards.identityOf(found.device.prefix);
    },
  };
  const hubBroker = openNodeBroker({ hub, clock, log });
  const wiring: Wiring = {
    parts,
    retaining,
    startedAt: clock.now(),
    zone,
    archiveReports,
    ids: await openDeviceIds(parts.stateFiles("device-ids")),
    channels: await channelsOf(parts, zone),
    influx: await openInflux({
      ...{ clock, log, zone, settings, files, archive: archiveReports.archive },
      secretFile: parts.influxSecret,
      stateFile: parts.stateFiles("influx"),
      // Of the settings: one that is followed only now and then would have rows with and without its name.
      nameOf: (id) => settings.current().devices.find(({ prefix }) => wiring.ids.named(prefix) === id)?.name,
    }),
    hub,
    boards,
    hubBroker,
    hubUplink: startHubUplink({ ...toHub, broker: hubBroker, stateFile: parts.stateFiles("hub-rows") }),
    dayReports: startDayReports({
      ...toHub,
      costs: dayCosts({ settings, archive: archiveReports.archive, reports: archiveReports.reports }),
      stateFile: parts.stateFiles("hub-days"),
    }),
    homeEvents: startHomeEventTeller({
      ...{ clock, log, settings, version, link: hub, broker: hubBroker },
      file: parts.hubOutbox,
    }),
    entityLanguage: await openEntityLanguage({
      settings,
      homeAssistant,
      stateFile: parts.stateFiles("entity-language"),
    }),
    history: await openDeviceHistory({ clock, zone, stateFile: parts.stateFiles("firmware") }),
    counts: {
      mqttMessages: 0,
      readings: 0,
      minutesWritten: 0,
      transitionsWritten: 0,
      lastRowAt: null,
      lastRowOf: new Map(),
    },
    watchers: watchersOf(log, "a change of a heat pump"),
  };
  return wiring;
}

/** Those outside who are told of alerts, in the home's language and time. */
function channelsOf(parts: AppParts, zone: () => Zone): Promise<Channels> {
  const { clock, log, settings, channelSecrets, installation, version } = parts;
  return openChannels({
    ...{ clock, log, settings, secretFile: channelSecrets },
    stateFile: parts.stateFiles("channel-outbox"),
    sender: () => ({ installation, version, language: programLanguage(parts), zone: zone() }),
  });
}

/** The heat pumps whose archive was read. */
export function readyHeatPumps({ heatPumps }: Wiring): readonly HeatPump[] {
  return heatPumps?.ready() ?? [];
}
