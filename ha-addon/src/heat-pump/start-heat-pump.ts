import { longestPayload } from "@heatloop/core/catalogue/reading";
import type { Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { stackOf } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import type { Device } from "../device/device.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import { type ArchiveEnd, readArchiveEnd } from "./archive-end.ts";
import { assembleHeatPump, endHeatPump, type HeatPump, type StartedParts } from "./heat-pump.ts";
import type { HeatPumpParts } from "./heat-pump-parts.ts";
import { forgetStates } from "./publish-states.ts";

/** A disk that refuses may take a while, and messages are kept meanwhile. */
const retryMs = minuteMs;
/** Messages that come while the archive is read; the oldest go first. None of the firmware's is longer than `longestPayload`. */
const mostEarly = 20_000;

/** Why a heat pump is not followed: its archive, or an error that nobody expected. */
export type StartTrouble = { readonly code: "archive_unread" | "not_followed" };

/** A heat pump that is being followed. */
export type HeatPumpStart = {
  readonly id: string;
  take(message: MqttMessage, at: number): void;
  ready(): HeatPump | undefined;
  /** Why it is not ready though it was tried; null where nothing is wrong. */
  trouble(): StartTrouble | null;
  /** Ends it and writes what it has; `forget` also clears what it published. */
  stop(how: { readonly forget: boolean }): Promise<void>;
};

/** One heat pump from its start to its end; a start that fails is tried again. */
type Start = {
  readonly parts: HeatPumpParts;
  readonly followedAt: number;
  /** Of the attempt that runs, or of the last one. */
  startedParts: StartedParts;
  /** Messages that came before it was ready. */
  readonly early: EarlyMessage[];
  readonly take: (device: Device, message: MqttMessage, at: number) => void;
  ready: HeatPump | undefined;
  trouble: StartTrouble | null;
  isStopped: boolean;
  starting: Promise<void>;
  stopRetry: Stop;
};

type EarlyMessage = { readonly message: MqttMessage; readonly at: number };

/** Reads the end of the archive, then goes on from there; messages that come meanwhile are kept in their order. */
export function startHeatPump(parts: HeatPumpParts): HeatPumpStart {
  const { id } = parts;
  const start: Start = {
    parts,
    followedAt: parts.clock.now(),
    startedParts: { stops: [] },
    early: [],
    take: messageIntake(parts),
    ready: undefined,
    trouble: null,
    isStopped: false,
    starting: Promise.resolve(),
    stopRetry: () => {},
  };
  start.starting = tryToStart(start);
  return {
    id,
    take(message, at) {
      if (start.ready !== undefined) start.take(start.ready.device, message, at);
      else if (!start.isStopped) keepEarly(start, message, at);
    },
    ready: () => start.ready,
    trouble: () => start.trouble,
    async stop({ forget }) {
      start.isStopped = true;
      start.stopRetry();
      await start.starting;
      await endHeatPump(start.startedParts);
      if (forget && parts.publishingRight.mayPublishFor(id)) forgetStates(parts.mqtt, id);
    },
  };
}

async function tryToStart(start: Start): Promise<void> {
  const { archive, id, after, zone, clock } = start.parts;
  await after;
  let archiveEnd: ArchiveEnd;
  try {
    archiveEnd = await readArchiveEnd(archive, id, zone(), clock.now());
  } catch (error) {
    return start.isStopped ? undefined : fail(start, "archive_unread", error);
  }
  if (start.isStopped) return;
  try {
    follow(start, archiveEnd);
    start.trouble = null;
  } catch (error) {
    start.ready = undefined;
    const { startedParts } = start;
    start.startedParts = { stops: [] };
    await inBackground(start.parts.log, "ending a heat pump whose start failed", () => endHeatPump(startedParts))();
    if (start.isStopped) return;
    fail(start, "not_followed", error);
  }
}

function fail(start: Start, code: StartTrouble["code"], error: unknown): void {
  const { clock, log, id } = start.parts;
  const trouble = { code };
  start.trouble = trouble;
  log.error(`${problemText(trouble, "en")}: it is not logged, and tried again in a minute`, {
    device: id,
    error: stackOf(error),
  });
  start.stopRetry = clock.after(retryMs, () => {
    start.starting = tryToStart(start);
  });
}

function follow(start: Start, archiveEnd: ArchiveEnd): void {
  const { parts, startedParts, followedAt } = start;
  const { log, zone, prefix } = parts;
  const { last } = archiveEnd;
  const heatPump = { ...assembleHeatPump(parts, archiveEnd, startedParts), followedAt };
  start.ready = heatPump;
  log.info("logs a heat pump", { prefix, after: last && zone().isoOf(last.minuteAt) });
  parts.onFirstSeen();
  const takeEarly = inBackground(log, "a message from before the start", start.take);
  for (const { message, at } of start.early.splice(0)) void takeEarly(heatPump.device, message, at);
  startedParts.publisher?.refresh();
}

function keepEarly({ early }: Start, message: MqttMessage, at: number): void {
  if (message.payload.length > longestPayload) return;
  if (early.length >= mostEarly) early.shift();
  // The bytes alone: those from the wire are a part of a larger piece, which would stay in memory with them.
  early.push({ message: { ...message, payload: new Uint8Array(message.payload) }, at });
}

/** Hands a message to its device, and reports what that changes. */
function messageIntake(parts: HeatPumpParts): (device: Device, message: MqttMessage, at: number) => void {
  let identity = "";
  return (device, message, at) => {
    const wasSeen = device.firstSeen() !== null;
    device.take(message, at);
    if (!wasSeen && device.firstSeen() !== null) parts.onFirstSeen();
    const versions = `${device.firmwareVersion()} ${device.controllerVersion()}`;
    const now = `${device.points().size} ${device.language()} ${device.availabilitySeen()} ${versions}`;
    parts.onChange(device, now === identity ? "state" : "points");
    identity = now;
  };
}
