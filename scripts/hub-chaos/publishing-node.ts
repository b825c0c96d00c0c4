import { setTimeout as pause } from "node:timers/promises";
import { nodeTopic } from "@heatloop/core/hub/topics";
import { minuteMs } from "@heatloop/core/time/durations";
import { connect } from "mqtt";
import pg from "pg";
import { type SendingNode, telemetryOfRows } from "./sending-node.ts";

const rowsAtOnce = 10;
const eachMs = 200;
const againMs = 1_000;

/**
 * Starts a node that only publishes, a row to the message, as homes do with the row of a minute. Nobody confirms it what is stored,
 * so that it looks into the database itself, and publishes again what is not there.
 */
export function startPublishingNode(parts: {
  readonly id: string;
  readonly number: number;
  readonly startAt: number;
  readonly mostRows: number;
  readonly brokerUrl: string;
  readonly databaseUrl: string;
}): SendingNode {
  const { id, number, startAt, mostRows, brokerUrl, databaseUrl } = parts;
  const state = { first: 0, confirmed: 0, made: 0, isFinishing: false };
  const ended = new AbortController();
  const client = connect(brokerUrl, { protocolVersion: 5, reconnectPeriod: 300 });
  client.on("error", () => {});
  const stored = storedRows(databaseUrl, { id, startAt });
  const done = runToEnd();

  async function runToEnd(): Promise<void> {
    await run();
    await Promise.all([client.endAsync(true), stored.close()]);
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      if (!state.isFinishing && state.first === state.made) state.made = Math.min(mostRows, state.made + rowsAtOnce);
      if (state.first === state.made && state.isFinishing) return;
      publishWindow();
      if (await stored.areThere(state.made, ended.signal)) {
        state.confirmed = state.made;
        state.first = state.made;
      }
      await waited(eachMs, ended.signal);
    }
  }

  function publishWindow(): void {
    // What is published while it is away waits in this process, which is no home's way.
    if (!client.connected) return;
    for (let row = state.first; row < state.made; row += 1) {
      const body = JSON.stringify(telemetryOfRows(number, startAt, { from: row, to: row + 1 }));
      client.publish(nodeTopic(id, "telemetry"), body, { qos: 1 }, () => {});
    }
  }

  return {
    id,
    confirmed: () => state.confirmed,
    replay() {
      state.first = 0;
    },
    setAhead() {},
    finish() {
      state.isFinishing = true;
      return done;
    },
    stop: () => ended.abort(),
  };
}

/** What is stored of a node's rows. */
function storedRows(databaseUrl: string, { id, startAt }: { readonly id: string; readonly startAt: number }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, options: "-c search_path=hub" });
  pool.on("error", () => {});
  const countBefore = async (row: number) => {
    const { rows } = await pool.query<{ rows: number }>(
      `select count(*)::int as rows from minutes join devices on devices.id = device_id
        where devices.node_id = $1 and minutes.at < $2`,
      [id, new Date(startAt + row * minuteMs)],
    );
    return rows[0]?.rows;
  };
  return {
    /** Waits a while until the first `count` rows are all there. */
    async areThere(count: number, ended: AbortSignal): Promise<boolean> {
      const until = performance.now() + againMs;
      while (performance.now() < until && !ended.aborted) {
        if ((await countBefore(count).catch(() => undefined)) === count) return true;
        await waited(50, ended);
      }
      return false;
    },
    close: () => pool.end(),
  };
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return pause(ms, undefined, { signal }).catch(() => {});
}
