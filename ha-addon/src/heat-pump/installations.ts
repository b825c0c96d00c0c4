import { randomBytes } from "node:crypto";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import {
  heatPumpsTopic,
  type InstallationState,
  installationOf,
  installationStatusTopic,
  sharedStatusTopic,
} from "@heatloop/mqtt-discovery/installation";
import { z } from "zod";
import { backgroundClock } from "../base/background.ts";
import { parseJson } from "../base/json-text.ts";
import type { Log } from "../base/log.ts";
import { watchersOf } from "../base/watchers.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { onForgotten } from "../mqtt/on-forgotten.ts";
import { copiedSentence, type OtherInstallation, separate } from "../mqtt/shared-heat-pumps.ts";

/** This installation and the others at the broker. */
export type Installations = {
  readonly own: string;
  /** Whether all that the broker remembered has been heard in this connection. */
  hasHeardAll(): boolean;
  /** Those that are online now. */
  others(): readonly OtherInstallation[];
  /** Whether another one that lives now has the same id. */
  isCopied(): boolean;
  /** Whether one has been offline for so long that another one may speak for its heat pumps. */
  isGone(id: string): boolean;
  /** Tells the others which heat pumps this one follows, where that changed. */
  refresh(): void;
  onChange(work: () => void): Stop;
  /** Says that this one is offline. */
  close(): Promise<void>;
};

type Seen = { readonly online: boolean; readonly since: number };

/** A restart, an update or a reboot of the machine takes less. */
const goneMs = 10 * 60_000;
/** A broker that lets us read nothing below heatloop/ has then told what it will tell. */
const heardMs = 10_000;
/** More than any house has; what else is told under such topics is not kept. */
const mostOthers = 100;

/**
 * Says at each connection that this installation is online, and again whenever its status is put to offline by somebody
 * else: the last will of a session before this one may come minutes late.
 */
export function startInstallations(parts: {
  readonly own: string;
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  /** Device ids. */
  readonly heatPumps: () => readonly string[];
}): Installations {
  const { own, mqtt, log } = parts;
  const clock = backgroundClock(parts.clock, log, "other installations");
  const startedAt = clock.now();
  const session = randomBytes(4).toString("hex");
  const seen = new Map<string, Seen>();
  const followed = new Map<string, readonly string[]>();
  const watchers = watchersOf<[]>(log, "another installation's change");
  const saidShared = new Map<string, string>();
  const statusTopics = [installationStatusTopic(own), sharedStatusTopic];
  let told: string | undefined;
  let heardAll = false;
  let closing = false;
  let isCopied = false;
  let stopWaiting: Stop = () => {};

  const changed = watchers.tell;

  function sayOnline(): void {
    for (const topic of statusTopics) void mqtt.publish(topic, "online", { retain: true, qos: 1 });
  }

  /** Says once of each other that it follows one of our heat pumps. */
  function sayShared(): void {
    const mine = parts.heatPumps();
    for (const { id, heatPumps } of others()) {
      const shared = heatPumps.filter((device) => mine.includes(device)).join(", ");
      if (shared === (saidShared.get(id) ?? "")) continue;
      saidShared.set(id, shared);
      if (shared === "") log.info("the other Heatloop does not follow our heat pumps any more", { installation: id });
      else log.warn(`another Heatloop follows the same heat pump: ${separate}`, { installation: id, shared });
    }
  }

  function others(): readonly OtherInstallation[] {
    const living = [...seen].filter(([, { online }]) => online);
    return living.map(([id]) => ({ id, heatPumps: followed.get(id) ?? [] }));
  }

  function tellHeatPumps(): void {
    sayShared();
    const state: InstallationState = { session, heat_pumps: parts.heatPumps() };
    const text = JSON.stringify(state);
    if (text === told || !mqtt.connected() || closing) return;
    told = text;
    void mqtt.publish(heatPumpsTopic(own), text, { retain: true, qos: 1 }).then((sent) => {
      if (!sent && told === text) told = undefined;
    });
  }

  function tellAll(): void {
    sayOnline();
    told = undefined;
    tellHeatPumps();
  }

  function takeStatus(message: MqttMessage): void {
    const id = installationOf(message.topic);
    const online = new TextDecoder().decode(message.payload) === "online";
    if (message.topic === sharedStatusTopic || id === own) takeOwnStatus(message, online);
    else if (id !== undefined) takeOthersStatus(id, message, online);
  }

  function takeOthersStatus(id: string, message: MqttMessage, online: boolean): void {
    const before = seen.get(id);
    if (before === undefined && seen.size >= mostOthers) return;
    if (message.payload.length === 0) seen.delete(id);
    else if (before?.online !== online) seen.set(id, { online, since: clock.now() });
    if ((before?.online === true) === online) return;
    if (online) log.info("another Heatloop is at this broker", { installation: id });
    else log.info("the other Heatloop is no longer at this broker", { installation: id });
    // It may have come after what this one told, and a broker that keeps nothing did not tell it.
    if (online && !mqtt.limits().retain) tellAll();
    if (online) sayShared();
    else saidShared.delete(id);
    changed();
  }

  function takeOwnStatus(message: MqttMessage, online: boolean): void {
    if (message.retained || closing) return;
    if (!online) {
      if (message.topic !== sharedStatusTopic) isCopied = false;
      sayOnline();
    }
    // A connection tells what it remembers in the order of the subscriptions, and this one is the last.
    if (online && message.topic !== sharedStatusTopic) hasHeardAll();
  }

  function hasHeardAll(): void {
    stopWaiting();
    if (heardAll) return;
    heardAll = true;
    changed();
  }

  function takeHeatPumps(message: MqttMessage): void {
    const id = installationOf(message.topic);
    const state = stateIn(message.payload);
    if (id === own) takeOwnHeatPumps(message, state);
    if (id === undefined || id === own) return;
    if (!followed.has(id) && followed.size >= mostOthers) return;
    const ids = state?.heat_pumps ?? [];
    if (JSON.stringify(ids) === JSON.stringify(followed.get(id) ?? [])) return;
    followed.set(id, ids);
    sayShared();
    changed();
  }

  function takeOwnHeatPumps(message: MqttMessage, state: InstallationState | undefined): void {
    // What is only remembered is of an earlier run.
    if (message.retained || closing || isCopied || state === undefined || state.session === session) return;
    isCopied = true;
    log.warn(copiedSentence, { installation: own });
    tellAll();
    changed();
  }

  const stops = [
    mqtt.onConnected(() => {
      heardAll = false;
      stopWaiting();
      stopWaiting = clock.after(heardMs, hasHeardAll);
    }),
    mqtt.subscribe(heatPumpsTopic("+"), takeHeatPumps),
    mqtt.subscribe(sharedStatusTopic, takeStatus),
    mqtt.subscribe(installationStatusTopic("+"), takeStatus),
    onForgotten({ mqtt, clock }, tellAll),
  ];

  return {
    own,
    hasHeardAll: () => heardAll,
    others,
    isCopied: () => isCopied,
    isGone(id) {
      const { online, since } = seen.get(id) ?? { online: false, since: startedAt };
      return !online && clock.now() - since >= goneMs;
    },
    refresh: tellHeatPumps,
    onChange: watchers.add,
    async close() {
      closing = true;
      stopWaiting();
      for (const stop of stops) stop();
      await Promise.all(statusTopics.map((topic) => mqtt.publish(topic, "offline", { retain: true, qos: 1 })));
    },
  };
}

/** What is larger or longer was not told by an installation. */
const largestBytes = 16_384;
const stateSchema = z.object({ session: z.string().max(64), heat_pumps: z.array(z.string().max(255)).max(100) });

function stateIn(payload: Uint8Array): InstallationState | undefined {
  if (payload.length > largestBytes) return undefined;
  const json = parseJson(new TextDecoder().decode(payload));
  return json.ok ? stateSchema.safeParse(json.value).data : undefined;
}
