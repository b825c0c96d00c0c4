import type { KeyObject } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type TelemetryAnswer, telemetryPath } from "@heatloop/core/hub/telemetry";
import { minuteMs } from "@heatloop/core/time/durations";
import { signedPost } from "../hub-scene/signed-post.ts";

/** A node that sends rows of its own as fast as it may, each until a hub has confirmed it. */
export type SendingNode = {
  readonly id: string;
  /** How many rows hubs have confirmed. */
  confirmed(): number;
  /** Begins again with its first row, as a home does that has lost its place. */
  replay(): void;
  /** Sets its clock wrong, or right again with 0. */
  setAhead(ms: number): void;
  /** Makes no more rows; resolves once all that there are were confirmed. */
  finish(): Promise<void>;
  stop(): void;
};

const rowHeader = "time,heat_wh,electricity_wh,flow_temperature_c";
const rowsAtOnce = 60;
const eachMs = 200;
const retryMs = 300;

/** Wh of a row: another one for each node and row, so that one in another's place shows. */
export function heatOfRow(node: number, row: number): number {
  return ((node * 7919 + row * 104_729) % 500_000) / 1000;
}

/** What a node sends of its rows, `to` excluded, which are a minute apart from `startAt` on (ms since the epoch). */
export function telemetryOfRows(node: number, startAt: number, rows: { readonly from: number; readonly to: number }) {
  const lines = Array.from({ length: rows.to - rows.from }, (_, i) => {
    const row = rows.from + i;
    const time = new Date(startAt + row * minuteMs).toISOString().replace(".000Z", "+00:00");
    return `${time},${heatOfRow(node, row)},${row % 7},${30 + (row % 40) / 4}`;
  });
  return { devices: [{ device: "pump", time_zone: "UTC", minutes: [rowHeader, ...lines].join("\n") }] };
}

/** What a node is; its rows are a minute apart, from `startAt` on (ms since the epoch); `urls` are the hubs', one of which it tries at a time. */
type SendingNodeParts = {
  readonly id: string;
  readonly number: number;
  readonly key: KeyObject;
  readonly startAt: number;
  readonly mostRows: number;
  readonly urls: () => readonly string[];
  readonly random: () => number;
};

/** Starts a node. */
export function startSendingNode(parts: SendingNodeParts): SendingNode {
  const { id, mostRows, random } = parts;
  const state = { next: 0, confirmed: 0, made: 0, isFinishing: false };
  const ended = new AbortController();
  const poster = newPoster(parts, ended.signal);
  const done = run();

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      if (!state.isFinishing) state.made = Math.min(mostRows, Math.max(state.made, state.next + rowsAtOnce));
      if (state.next >= state.made) {
        if (state.isFinishing) return;
      } else if (!(await sendOnce())) {
        await wait(retryMs * (1 + random()));
        continue;
      }
      // What it sends again follows without a pause.
      if (!state.isFinishing && state.next >= state.confirmed) await wait(eachMs * (0.5 + random()));
    }
  }

  async function sendOnce(): Promise<boolean> {
    const [from, to] = [state.next, Math.min(state.next + rowsAtOnce, state.made)];
    const answer = await poster.post(from, to).catch(() => undefined);
    const counts = answer?.devices[0]?.minutes;
    if (counts === undefined || counts.stored + counts.repeated !== to - from) return false;
    // A replay may have been asked for meanwhile.
    if (state.next === from) state.next = to;
    state.confirmed = Math.max(state.confirmed, to);
    return true;
  }

  const wait = (ms: number) => pause(ms, undefined, { signal: ended.signal }).catch(() => {});
  return {
    id,
    confirmed: () => state.confirmed,
    replay: () => {
      state.next = 0;
    },
    setAhead: poster.setAhead,
    finish() {
      state.isFinishing = true;
      return done;
    },
    stop: () => ended.abort(),
  };
}

/** Posts rows, `to` excluded, to one of the hubs; undefined where it did not take them. */
function newPoster({ id, number, key, startAt, urls, random }: SendingNodeParts, ended: AbortSignal) {
  const clock = { aheadMs: 0, behindMs: 0 };
  return {
    setAhead(ms: number): void {
      clock.aheadMs = ms;
    },
    async post(from: number, to: number): Promise<TelemetryAnswer | undefined> {
      const body = Buffer.from(JSON.stringify(telemetryOfRows(number, startAt, { from, to })));
      const hubs = urls();
      const url = `${hubs[Math.floor(random() * hubs.length)]}${telemetryPath}`;
      const now = Date.now() + clock.aheadMs + clock.behindMs;
      const signal = AbortSignal.any([ended, AbortSignal.timeout(15_000)]);
      const reply = await signedPost(url, body, { alg: "ed25519", key, keyId: id }, { at: now, signal });
      const text = await reply.text();
      if (reply.status === 200) return JSON.parse(text) as TelemetryAnswer;
      // As a home does: it signs by the hub's time where its own clock is off.
      if (reply.status === 401)
        clock.behindMs = Date.parse(reply.headers.get("date") ?? "") - (Date.now() + clock.aheadMs);
      return undefined;
    },
  };
}
