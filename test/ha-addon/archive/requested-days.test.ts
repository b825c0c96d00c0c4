import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { datesBetween } from "@heatloop/core/time/local-day";
import { dayCache } from "@heatloop/ha-addon/archive/day-cache";
import { requestedDays } from "@heatloop/ha-addon/archive/requested-days";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

type Day = { readonly of: string };

/** `count` days of a device of which the last is not finished. */
function opened(folder: string | undefined, count: number, inMemory: boolean) {
  const dates = datesBetween("2026-01-01", "2026-12-31").slice(0, count);
  const [from, to] = [dates[0] as string, dates.at(-1) as string];
  const cache =
    folder === undefined ? undefined : dayCache<Day>({ folder, name: "days", version: "1", log: recordingLog() });
  const range = { basis: [], files: new Map(), from, to };
  return { dates, open: () => requestedDays({ cache, range, device: "pump", dates, firstOpenDate: to, inMemory }) };
}

const stores = [
  ["cache", () => temporaryFolder(), (count: number) => count - 1],
  ["cache nowhere", () => undefined, () => 0],
  [
    "refused by the disk",
    () => {
      const folder = join(temporaryFolder(), "a-file");
      writeFileSync(folder, "in the place of the folder");
      return folder;
    },
    () => 0,
  ],
] as const;

describe.each(stores)("days that are %s", (_, folderOf, storedOf) => {
  it.each([
    { count: 5, inMemory: true },
    { count: 5, inMemory: false },
    { count: 70, inMemory: true },
    { count: 70, inMemory: false },
  ])("are all known after they were made, in order: $count, held in memory: $inMemory", ({ count, inMemory }) => {
    const { dates, open } = opened(folderOf(), count, inMemory);
    const first = open();
    expect([...first.missing]).toEqual(dates);
    for (const of of dates) first.add(of, { of });
    first.end();
    expect([...first.all()]).toEqual(dates.map((of) => [of, { of }]));
    const isEven = (date: string) => Number(date.slice(8)) % 2 === 0;
    expect([...first.all(isEven).keys()]).toEqual(dates.filter(isEven));

    const second = open();
    expect([...second.missing]).toEqual(dates.slice(storedOf(count)));
    for (const of of second.missing) second.add(of, { of });
    second.end();
    expect([...second.all()]).toEqual([...first.all()]);
  });
});
