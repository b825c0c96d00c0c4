import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { DeviceIds } from "../base/device-ids.ts";
import { findDevices } from "../device/find-devices.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { HeatPump } from "./heat-pump.ts";
import type { HeatPumpStart, StartTrouble } from "./start-heat-pump.ts";

/** The heat pumps of the settings or, where none is named there, those that are found. */
export type HeatPumps = {
  /** Those whose archive was read, in the order in which they came. */
  ready(): readonly HeatPump[];
  /** The ids of all that are followed, also while their archive is read. */
  followed(): readonly string[];
  /** Those that could not be started, each with why. */
  troubles(): readonly { readonly id: string; readonly why: StartTrouble }[];
  /** Writes the running minute of each and ends. */
  close(): Promise<void>;
};

type Parts = {
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: SettingsFile;
  readonly ids: Pick<DeviceIds, "of">;
  /** Begins with one; not before `after` is over, which may be the end of its log of the time before. */
  readonly start: (prefix: string, how: { readonly id: string; readonly after: Promise<void> }) => HeatPumpStart;
  readonly onMessage: () => void;
  /** Whether a topic is read in the place that the settings name for it. */
  readonly isMapped: (topic: string) => boolean;
  /** Other heat pumps are followed than before. */
  readonly onFollowed: () => void;
  /** Its topics were cleared, or the settings name others only: all that was published of it shall go. */
  readonly onGone: (device: string) => void;
};

type Following = {
  readonly parts: Parts;
  /** By prefix. */
  readonly followed: Map<string, HeatPumpStart>;
  /** By device id: what comes again begins after its end. */
  readonly endings: Map<string, Promise<void>>;
};

/** Follows them, and each change of the settings' `devices`. */
export function followHeatPumps(parts: Parts): HeatPumps {
  const { settings } = parts;
  const following: Following = { parts, followed: new Map(), endings: new Map() };
  const { followed } = following;
  let stopFinding: Stop = () => {};
  const stopSettings = settings.onChange((now, before) => {
    if (JSON.stringify(now.devices) === JSON.stringify(before.devices)) return;
    stopFinding();
    const named = new Set(now.devices.map((device) => device.prefix));
    for (const prefix of [...followed.keys()]) end(following, prefix, { forget: named.size > 0 && !named.has(prefix) });
    stopFinding = find(following);
  });
  stopFinding = find(following);
  return {
    followed: () => [...followed.values()].map(({ id }) => id),
    ready: () => [...followed.values()].flatMap((start) => start.ready() ?? []),
    troubles: () =>
      [...followed.values()].flatMap((start) => {
        const why = start.trouble();
        return why === null ? [] : [{ id: start.id, why }];
      }),
    async close() {
      stopSettings();
      stopFinding();
      for (const prefix of [...followed.keys()]) end(following, prefix, { forget: false });
      await Promise.all(following.endings.values());
    },
  };
}

function find(following: Following): Stop {
  const { mqtt, clock, log, settings, onMessage } = following.parts;
  return findDevices({
    mqtt,
    log,
    prefixes: settings.current().devices.map((device) => device.prefix),
    isMapped: following.parts.isMapped,
    followed: {
      onFound: (prefix) => startFollowing(following, prefix),
      onGone: (prefix) => end(following, prefix, { forget: true }),
      onMessage(prefix, message) {
        onMessage();
        following.followed.get(prefix)?.take(message, clock.now());
      },
      onUnknown(prefix, path) {
        following.followed.get(prefix)?.ready()?.device.unknown.addTopic(path);
      },
    },
  });
}

function startFollowing({ parts, followed, endings }: Following, prefix: string): void {
  const isNamed = parts.settings.current().devices.some((device) => device.prefix === prefix);
  parts.log.info(isNamed ? "follows a heat pump of the settings" : "found a heat pump", { prefix });
  const id = parts.ids.of(prefix);
  followed.set(prefix, parts.start(prefix, { id, after: endings.get(id) ?? Promise.resolve() }));
  parts.onFollowed();
}

function end(following: Following, prefix: string, how: { readonly forget: boolean }): void {
  const { parts, followed } = following;
  const start = followed.get(prefix);
  if (start === undefined) return;
  followed.delete(prefix);
  if (how.forget) parts.onGone(start.id);
  void finish(following, start, how);
  parts.onFollowed();
}

async function finish({ endings }: Following, start: HeatPumpStart, how: { readonly forget: boolean }): Promise<void> {
  const ending = start.stop(how);
  endings.set(start.id, ending);
  await ending;
  if (endings.get(start.id) === ending) endings.delete(start.id);
}
