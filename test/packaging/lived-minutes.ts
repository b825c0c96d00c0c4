import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { expect } from "vitest";
import { asOlderProgram } from "#test/support/archives/older-archive.ts";
import { type RowsOnDisk, rowsOnDisk } from "#test/support/archives/rows-on-disk.ts";
import { prefix, type SupervisedHouse } from "./supervised-house.ts";

type Life = { readonly from: number; readonly to: number };

/** When the app logged its heat pump, from start to end, in ms since the epoch. */
export type LivedMinutes = {
  begin(): void;
  end(): void;
  /** Now: what comes back with a backup that is taken now. */
  saved(): readonly Life[];
  /** What came after a backup is over. */
  restore(saved: readonly Life[]): void;
  /** Expects that the log has each minute once and whole that the app has seen. */
  expectIn(log: RowsOnDisk): void;
};

/** A minute that was seen for longer than this has a row: the heat pump reports within it. */
const seenWithinMs = 10_000;

export function livedMinutes(): LivedMinutes {
  let lives: Life[] = [];
  let since: number | undefined;
  const saved = () => (since === undefined ? lives : [...lives, { from: since, to: Date.now() }]);
  return {
    begin() {
      since = Date.now();
    },
    end() {
      lives = [...saved()];
      since = undefined;
    },
    saved,
    restore(known) {
      lives = [...known];
    },
    expectIn({ rows, torn }) {
      expect(torn).toEqual([]);
      expect(rows.size).toBeGreaterThan(0);
      for (const [at, written] of rows) expect(written, new Date(at).toISOString()).toHaveLength(1);
      for (const { from, to } of lives) {
        for (let at = Math.floor(from / minuteMs) * minuteMs; at < to; at += minuteMs) {
          const seenMs = Math.min(to, at + minuteMs) - Math.max(from, at);
          if (seenMs > seenWithinMs) expect([...rows.keys()], new Date(at).toISOString()).toContain(at);
        }
      }
    },
  };
}

/** The log in a folder of the app's configuration. */
export function archivedIn(configFolder: string): Promise<RowsOnDisk> {
  return rowsOnDisk(join(configFolder, "archive", prefix));
}

/** When the minutes began that the page hands out as CSV. */
export async function downloadedTimes(house: Pick<SupervisedHouse, "ask">): Promise<number[]> {
  const [from, to] = [Date.now() - dayMs, Date.now()].map((at) =>
    new Date(at).toLocaleDateString("sv-SE", { timeZone: "Europe/Rome" }),
  );
  const answer = await house.ask(`api/devices/${prefix}/minutes.csv?from=${from}&to=${to}`);
  expect(answer.status).toBe(200);
  const [, ...rows] = (await answer.text()).trimEnd().split("\n");
  return rows.map((row) => Date.parse(row.slice(0, row.indexOf(","))));
}

/** Writes the minutes of the log as they were before each row had its coefficient of heat. */
export function makeOlder(configFolder: string): void {
  const folder = join(configFolder, "archive", prefix);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\d\.csv$/.test(name)) continue;
    const file = join(folder, name);
    writeFileSync(file, asOlderProgram(readFileSync(file, "utf8")).text);
  }
}
