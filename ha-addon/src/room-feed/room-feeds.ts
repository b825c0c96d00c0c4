import { hasZone2 } from "@heatloop/core/catalogue/zone-2";
import type { Transition } from "@heatloop/core/live/transition";
import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { StateFiles } from "../base/state-file.ts";
import type { Device } from "../device/device.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { homeLanguage } from "../settings/home-language.ts";
import type { RoomFeedSettings, RoomSetting } from "../settings/room-feed-settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { FedDevice } from "./fed-device.ts";
import { type RunningRoomFeed, startRoomFeed } from "./room-feed.ts";
import type { RoomFeedView } from "./view.ts";

/** The room feeds of one heat pump: one a zone. */
export type DeviceRoomFeeds = {
  /** Zone 2 only where the heat pump has it or rooms are set for it. */
  views(): readonly RoomFeedView[];
  /** Which rooms it owns, or whether it may be fed, may have changed. */
  reevaluate(): void;
  stop(): void;
};

type Parts = {
  readonly device: Device;
  readonly owns: (room: RoomSetting) => boolean;
  /** Why rooms of the settings belong to no heat pump, in the language of the home; null where each belongs to one. */
  readonly whyUnowned: () => string | null;
  /** Whether it may be sent anything: where another Heatloop publishes for it, that one feeds it. */
  readonly mayBeFed: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly homeAssistant: HomeAssistant | undefined;
  readonly settings: SettingsFile;
  readonly stateFiles: StateFiles;
  readonly onTransition: (transition: Transition) => void;
  readonly onChange: () => void;
};

/** Starts the feeds of a heat pump with the rooms of the settings that it `owns`; without any its feed is off. */
export function startRoomFeeds(parts: Parts): DeviceRoomFeeds {
  const { device, settings } = parts;
  const fed = fedDevice(parts);
  const feeds = ([1, 2] as const).map((zone) => startZone(parts, fed, zone));

  function reevaluate(): void {
    for (const feed of feeds) feed.settingsChanged(ownSettings(parts));
  }

  const stopSettings = settings.onChange(reevaluate);
  return {
    views() {
      const why = parts.whyUnowned();
      const explained = (view: RoomFeedView) =>
        why === null || view.rooms.length > 0 ? view : { ...view, reason: why };
      const views = feeds.map((feed) => explained(feed.view()));
      const isZone2Heated = hasZone2(device.points());
      return views.filter(({ zone, rooms }) => zone === 1 || isZone2Heated || rooms.length > 0);
    },
    reevaluate,
    stop() {
      stopSettings();
      for (const feed of feeds) feed.stop();
    },
  };
}

function startZone(parts: Parts, fed: FedDevice, zone: 1 | 2): RunningRoomFeed {
  const { clock, log, homeAssistant, device, settings, stateFiles } = parts;
  return startRoomFeed({
    clock,
    log,
    homeAssistant,
    settings: ownSettings(parts),
    device: fed,
    zone,
    language: () => homeLanguage(settings.current(), homeAssistant?.config()?.language),
    sourceStateFile: stateFiles(`room-feed-${device.id}-${zone}`),
    roomStateFile: stateFiles(`rooms-${device.id}-${zone}`),
    onChange: parts.onChange,
    onTransition(from, to, duration) {
      const at = clock.now();
      const durationS = Math.round(duration);
      parts.onTransition({ at, kind: "room_feed", zone, from, to, durationS, context: device.context(at) });
    },
  });
}

/** The settings of now, with the heat pump's own rooms alone. */
function ownSettings({ settings, owns }: Parts): RoomFeedSettings {
  const { rooms, room_feed } = settings.current();
  return { rooms: rooms.filter(owns), room_feed };
}

function fedDevice({ device, clock, mayBeFed }: Parts): FedDevice {
  return {
    id: device.id,
    mayBeFed,
    send: device.send,
    value: (point) => device.snapshot.value(point, clock.now()),
    online: () => (device.lastSeen() === null ? null : device.snapshot.online(clock.now())),
    onReading: device.onReading,
  };
}
