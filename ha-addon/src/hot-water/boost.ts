import {
  type Boost,
  type BoostEnd,
  type BoostInput,
  boostCommand,
  boostRefused,
  boostSent,
  boostUntil,
  nextBoost,
  noBoost,
  requestBoost,
} from "@heatloop/core/hot-water/boost";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { boostCommandTopic } from "@heatloop/mqtt-discovery/boost-components";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { StateFile } from "../base/state-file.ts";
import type { Device } from "../device/device.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { boostForm, boostMinutes } from "./boost-command.ts";
import { rememberedBoost } from "./boost-state-file.ts";

/** A boost as people see it: `minutes` 0 is none, null one without a duration, or not known. `until`: ms since the epoch. */
export type BoostView = { readonly minutes: number | null; readonly until: number | null };

export type RunningBoost = {
  /** undefined where the heat pump has no boost. */
  view(): BoostView | undefined;
  /** Asks for a boost of so many minutes from now; 0 ends it. */
  request(minutes: number): void;
  readonly stop: Stop;
};

type Parts = {
  readonly device: Pick<Device, "id" | "points" | "snapshot" | "send" | "onReading">;
  readonly mqtt: Pick<Mqtt, "subscribe">;
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps the boost over restarts. */
  readonly stateFile: StateFile;
  /** Whether this installation sends the heat pump anything, or another one does. */
  readonly isOurs: () => boolean;
  readonly onChange: () => void;
};

type Running = {
  readonly parts: Parts;
  /** What an earlier run remembered was read. */
  readonly recalled: Promise<void>;
  isRecalled: boolean;
  boost: Boost;
  isStopped: boolean;
};

/** How often the boost is looked at where nothing is reported. */
const tickMs = 10 * secondMs;

/** Boosts the hot water of a heat pump as it is asked to by MQTT, and ends each boost in time. */
export function startBoost(parts: Parts): RunningBoost {
  const { device, mqtt, clock, log, stateFile } = parts;
  const running: Running = {
    parts,
    recalled: stateFile.read().then((kept) => {
      running.boost = rememberedBoost(kept);
      running.isRecalled = true;
    }),
    isRecalled: false,
    boost: noBoost,
    isStopped: false,
  };
  const look = inBackground(log, "a boost of the hot water", () => update(running));
  const stops = [
    mqtt.subscribe(boostCommandTopic(device.id), (message) => takeCommand(running, message)),
    device.onReading(({ point }) => {
      if (point !== "force_dhw" && point !== "online") return;
      // At once, as the next report may follow before anything that waits is done.
      if (running.isRecalled && !running.isStopped) void move(running, nextBoost(running.boost, inputOf(parts)));
      void look();
    }),
    clock.every(tickMs, () => void look()),
  ];
  void running.recalled.then(parts.onChange);
  return {
    view: () => viewOf(running),
    request: (minutes) => request(running, minutes),
    stop() {
      running.isStopped = true;
      for (const stop of stops) stop();
    },
  };
}

function viewOf({ parts, boost }: Running): BoostView | undefined {
  if (!parts.device.points().has("force_dhw")) return undefined;
  const until = boostUntil(boost);
  if (boost.kind === "wanted" || boost.kind === "running") return { minutes: boost.minutes, until };
  const isKnownOff = boost.kind === "ending" || inputOf(parts).isOn === false;
  return { minutes: isKnownOff ? 0 : null, until };
}

function inputOf({ device, clock }: Parts): BoostInput {
  const isOn = device.snapshot.value("force_dhw", clock.now());
  return { at: clock.now(), isOn: typeof isOn === "boolean" ? isOn : null };
}

/** What the broker keeps is nobody's wish of now. */
function takeCommand(running: Running, { payload, retained }: MqttMessage): void {
  const { log, device, isOurs } = running.parts;
  if (retained || payload.length === 0 || !isOurs()) return;
  const text = new TextDecoder().decode(payload.subarray(0, 40));
  const minutes = boostMinutes(text);
  if (minutes !== undefined) request(running, minutes);
  else log.warn(`no boost of the hot water is known by this text: it takes ${boostForm}`, { device: device.id, text });
}

function request(running: Running, minutes: number): void {
  const { parts, recalled } = running;
  const { log, device } = parts;
  if (!device.points().has("force_dhw")) {
    log.warn("this heat pump reports no forced hot water, so it has no boost", { device: device.id });
    return;
  }
  const ask = inBackground(log, "a boost of the hot water", async () => {
    await recalled;
    if (running.isStopped) return;
    const next = requestBoost(running.boost, minutes, inputOf(parts));
    if (minutes > 0) log.info("boosts the hot water", { device: device.id, minutes });
    void move(running, next);
    await update(running);
  });
  void ask();
}

/** Moves the boost on, and sends what is due. */
async function update(running: Running): Promise<void> {
  const { parts } = running;
  await running.recalled;
  if (running.isStopped) return;
  void move(running, nextBoost(running.boost, inputOf(parts)));
  const { device, isOurs } = parts;
  const input = inputOf(parts);
  const isOn = boostCommand(running.boost, input);
  if (isOn === null || !isOurs()) return;
  // After a crash it is better to look in vain than never to end it, so it is written first.
  await move(running, boostSent(running.boost, isOn, input.at));
  const isSent = !running.isStopped && (await device.send("force_dhw", isOn).catch(() => false));
  if (!isSent && !running.isStopped) void move(running, boostRefused(running.boost, isOn, input.at));
}

/** Takes the next state, and writes it; resolves when it is written. */
async function move(running: Running, next: Boost): Promise<void> {
  const { parts, boost: before } = running;
  if (next === before) return;
  running.boost = next;
  logEnd(parts, next);
  parts.onChange();
  await parts.stateFile.write(next);
}

const ends: Readonly<Record<BoostEnd, string>> = {
  over: "the boost of the hot water is over",
  ended_early: "the boost of the hot water was ended by the heat pump or by a person",
  not_started: "a boost of the hot water was dropped: the heat pump or the broker was away for too long",
  not_taken: "a boost of the hot water was dropped: the heat pump did not switch it on. Is it in holiday mode, or off?",
  not_ended:
    "the heat pump did not end the boost of the hot water, or was away for too long: end it at its controller where it still lasts",
};

function logEnd({ log, device }: Parts, boost: Boost): void {
  if (boost.kind !== "none" || boost.why === null) return;
  const isWell = boost.why === "over" || boost.why === "ended_early";
  log[isWell ? "info" : "warn"](ends[boost.why], { device: device.id });
}
