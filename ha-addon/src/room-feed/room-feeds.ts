import type { Transition } from "@heatloop/core/live/transition";
import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "../base/log.ts";
import type { MemoryFiles } from "../base/state-file.ts";
import type { Device } from "../device/device.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { RoomSetting } from "../settings/room-feed-settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { startRoomFeed } from "./room-feed.ts";
import type { RoomFeedView } from "./view.ts";

/** The room feeds of one heat pump: one a zone. */
export type DeviceRoomFeeds = {
  /** Zone 2 only where the heat pump has it or rooms are set for it. */
  views(): readonly RoomFeedView[];
  /** Which rooms it owns, or whether it may be fed, may have changed. */
  lookAgain(): void;
  stop(): void;
};

/**
 * Starts the feeds of a heat pump with the rooms of the settings that it `owns`; without any its feed is off.
 */
export function startRoomFeeds(parts: {
  readonly device: Device;
  readonly owns: (room: RoomSetting) => boolean;
  /** Why rooms of the settings are nobody's; null where each is somebody's. */
  readonly whyUnowned: () => string | null;
  /** Whether it may be told anything: where another Heatloop speaks for it, that one feeds it. */
  readonly mayBeFed: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly homeAssistant: HomeAssistant | undefined;
  readonly settings: SettingsFile;
  readonly memory: MemoryFiles;
  readonly onTransition: (transition: Transition) => void;
  readonly onChange: () => void;
}): DeviceRoomFeeds {
  const { device, clock, settings } = parts;
  const ownSettings = (now: Settings) => ({
    rooms: now.rooms.filter(parts.owns),
    room_feed: { ...now.room_feed, send: now.room_feed.send && parts.mayBeFed() },
  });
  const fed = {
    id: device.id,
    send: device.send,
    value: (point: Parameters<Device["send"]>[0]) => device.snapshot.value(point, clock.now()),
    online: () => (device.lastSeen() === null ? null : device.snapshot.online(clock.now())),
    onReading: device.onReading,
  };
  const feeds = ([1, 2] as const).map((zone) =>
    startRoomFeed({
      clock,
      log: parts.log,
      homeAssistant: parts.homeAssistant,
      settings: ownSettings(settings.current()),
      device: fed,
      zone,
      memory: parts.memory(`room-feed-${device.id}-${zone}`),
      roomMemory: parts.memory(`rooms-${device.id}-${zone}`),
      onChange: parts.onChange,
      onTransition(from, to, durationS) {
        const at = clock.now();
        parts.onTransition({
          at,
          kind: "room_feed",
          from,
          to,
          durationS: Math.round(durationS),
          context: device.context(at),
        });
      },
    }),
  );
  function lookAgain(): void {
    for (const feed of feeds) feed.settingsChanged(ownSettings(settings.current()));
  }
  const stopSettings = settings.onChange(lookAgain);

  return {
    views() {
      const why = parts.whyUnowned();
      const explained = (view: RoomFeedView) =>
        why === null || view.rooms.length > 0 ? view : { ...view, reason: why };
      const views = feeds.map((feed) => explained(feed.view()));
      const hasZone2 = device.points().has("zone_2_flow_setpoint") || device.points().has("zone_2_operating_mode");
      return views.filter(({ zone, rooms }) => zone === 1 || hasZone2 || rooms.length > 0);
    },
    lookAgain,
    stop() {
      stopSettings();
      for (const feed of feeds) feed.stop();
    },
  };
}
