import { randomBytes } from "node:crypto";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import {
  heatPumpsTopic,
  type InstallationState,
  installationOf,
  installationStatusTopic,
  sharedStatusTopic,
} from "@heatloop/mqtt-discovery/installation";
import { backgroundClock } from "@heatloop/program/background";
import { parseJson } from "@heatloop/program/json-text";
import type { Log } from "@heatloop/program/log";
import { z } from "zod";
import { problemText } from "../alerts/texts/problem-text.ts";
import { watchersOf } from "../base/watchers.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { onForgotten } from "../mqtt/on-forgotten.ts";
import { copiedInstallation, type OtherInstallation } from "../mqtt/shared-heat-pumps.ts";
import { type OtherInstallations, otherInstallations, sharedHeatPumpsLog } from "./other-installations.ts";
import { type OwnPresence, ownPresence } from "./own-presence.ts";

/** This installation and the others at the broker. */
export type Installations = {
  readonly own: string;
  /** Whether all retained messages have come in since the connection. */
  hasAllRetained(): boolean;
  /** Those that are online now. */
  others(): readonly OtherInstallation[];
  /** Whether another one that lives now has the same id. */
  isCopied(): boolean;
  /** Whether one has been offline for so long that another one may publish for its heat pumps. */
  isGone(id: string): boolean;
  /** Publishes for the others which heat pumps this one follows, where that changed. */
  refresh(): void;
  onChange(work: () => void): Stop;
  /** Publishes that this one is offline. */
  close(): Promise<void>;
};

/** A broker that lets us read nothing below heatloop/ has then sent all that it will send. */
const retainedWithinMs = 10_000;

type Parts = {
  readonly own: string;
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  /** Device ids. */
  readonly heatPumps: () => readonly string[];
};

/** What the handlers of the messages share. */
type State = Parts & {
  readonly session: string;
  readonly presence: OwnPresence;
  readonly others: OtherInstallations;
  readonly shared: ReturnType<typeof sharedHeatPumpsLog>;
  isCopied: boolean;
  readonly changed: () => void;
  readonly allRetained: () => void;
};

/**
 * Publishes at each connection that this installation is online, and again whenever its status is put to offline by
 * somebody else: the last will of a session before this one may come minutes late.
 */
export function startInstallations(parts: Parts): Installations {
  const { own, mqtt, log } = parts;
  const clock = backgroundClock(parts.clock, log, "other installations");
  const session = randomBytes(4).toString("hex");
  const watchers = watchersOf<[]>(log, "another installation's change");
  const changed = watchers.notify;
  const retained = followRetained({ mqtt, clock, arrived: changed });
  const presence = ownPresence({ ...parts, session });
  const others = otherInstallations({ ...parts, clock });
  const shared = sharedHeatPumpsLog(parts.log);
  const allRetained = retained.arrived;
  const state: State = { ...parts, session, presence, others, shared, isCopied: false, changed, allRetained };
  const stops = [
    retained.stop,
    mqtt.subscribe(heatPumpsTopic("+"), (message) => takeHeatPumps(state, message)),
    mqtt.subscribe(sharedStatusTopic, (message) => takeStatus(state, message)),
    mqtt.subscribe(installationStatusTopic("+"), (message) => takeStatus(state, message)),
    onForgotten({ mqtt, clock }, () => publishAll(state)),
  ];

  return {
    own,
    hasAllRetained: retained.hasArrived,
    others: others.living,
    isCopied: () => state.isCopied,
    isGone: others.isGone,
    refresh: () => publishHeatPumps(state),
    onChange: watchers.add,
    async close() {
      for (const stop of stops) stop();
      await presence.close();
    },
  };
}

/** Whether the broker has sent what it remembers, in the connection of now; `arrived` is called each time it has. */
function followRetained(parts: { readonly mqtt: Mqtt; readonly clock: Clock; readonly arrived: () => void }) {
  let hasArrived = false;
  let stopWaiting: Stop = () => {};
  function arrived(): void {
    stopWaiting();
    if (hasArrived) return;
    hasArrived = true;
    parts.arrived();
  }
  const stopConnected = parts.mqtt.onConnected(() => {
    hasArrived = false;
    stopWaiting();
    stopWaiting = parts.clock.after(retainedWithinMs, arrived);
  });
  return {
    hasArrived: () => hasArrived,
    arrived,
    stop() {
      stopWaiting();
      stopConnected();
    },
  };
}

function publishHeatPumps(state: State): void {
  logShared(state);
  state.presence.publishHeatPumps();
}

function publishAll(state: State): void {
  state.presence.publishOnline();
  state.presence.repeatHeatPumps();
  publishHeatPumps(state);
}

function logShared({ shared, heatPumps, others }: State): void {
  shared.update(heatPumps(), others.living());
}

function takeStatus(state: State, message: MqttMessage): void {
  const id = installationOf(message.topic);
  const online = new TextDecoder().decode(message.payload) === "online";
  if (message.topic === sharedStatusTopic || id === state.own) takeOwnStatus(state, message, online);
  else if (id !== undefined) takeOthersStatus(state, id, { online, exists: message.payload.length > 0 });
}

function takeOthersStatus(state: State, id: string, status: Parameters<OtherInstallations["takeStatus"]>[1]): void {
  const change = state.others.takeStatus(id, status);
  if (change === "same") return;
  // It may have come after what this one published, and a broker that keeps nothing did not pass it on.
  if (change === "came" && !state.mqtt.limits().retain) publishAll(state);
  if (change === "came") logShared(state);
  else state.shared.forget(id);
  state.changed();
}

function takeOwnStatus(state: State, { topic, retained }: MqttMessage, online: boolean): void {
  if (retained) return;
  if (!online) {
    if (topic !== sharedStatusTopic) state.isCopied = false;
    state.presence.publishOnline();
  }
  // The broker sends what it remembers in the order of the subscriptions, and this one is the last.
  if (online && topic !== sharedStatusTopic) state.allRetained();
}

function takeHeatPumps(state: State, message: MqttMessage): void {
  const id = installationOf(message.topic);
  const sent = stateIn(message.payload);
  if (id === state.own) takeOwnHeatPumps(state, message, sent);
  else if (id !== undefined && state.others.takeHeatPumps(id, sent?.heat_pumps ?? [])) {
    logShared(state);
    state.changed();
  }
}

function takeOwnHeatPumps(state: State, message: MqttMessage, sent: InstallationState | undefined): void {
  // What is only remembered is of an earlier run.
  if (message.retained || state.isCopied || sent === undefined || sent.session === state.session) return;
  state.isCopied = true;
  state.log.warn(problemText(copiedInstallation, "en"), { installation: state.own });
  publishAll(state);
  state.changed();
}

/** What is larger or longer was not published by an installation. */
const largestBytes = 16_384;
const stateSchema = z.object({ session: z.string().max(64), heat_pumps: z.array(z.string().max(255)).max(100) });

function stateIn(payload: Uint8Array): InstallationState | undefined {
  if (payload.length > largestBytes) return undefined;
  const json = parseJson(new TextDecoder().decode(payload));
  return json.ok ? stateSchema.safeParse(json.value).data : undefined;
}
