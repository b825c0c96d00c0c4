import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { dayEnergyOfColumns } from "@heatloop/core/energy/day-energy";
import { type Passes, plainPasses, type RowPasses } from "@heatloop/core/energy/passes/row-passes";
import * as places from "@heatloop/core/energy/passes/row-places";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const uses = from(places.knownS, places.pumpWh);
const given = [places.knownWh, places.unknownWh];
const unseen = from(places.unseenFrom, places.unseenWh);
const shared = from(9, 13);

/** What each pass reads of what an earlier one left, and what it writes; the others touch none of the slots. */
const slotsOf: Partial<Record<keyof Passes, { reads: readonly number[]; writes: readonly number[] }>> = {
  estimateUses: { reads: [], writes: uses },
  distributeSteps: { reads: uses, writes: [...given, ...shared, ...unseen] },
  sumUses: { reads: [...uses, ...given], writes: [] },
  seenSeconds: { reads: [places.knownS], writes: [] },
  nextUnseen: { reads: [places.knownS], writes: [] },
  sumStretches: { reads: [], writes: [places.perLMin, places.perK] },
  followFirmware: { reads: [], writes: from(places.spanFrom, places.spanCertain) },
};

/** Who must have written a slot last when it is read between the passes. */
const ownerOf = new Map<number, keyof Passes>([
  ...uses.map((slot) => [slot, "estimateUses"] as const),
  ...[...given, ...unseen].map((slot) => [slot, "distributeSteps"] as const),
  ...shared.map((slot) => [slot, "followFirmware"] as const),
]);

/** Passes that see only the slots they may, the others being NaN, and that watch who wrote what is read. */
function watchedPasses(rows: number): { readonly passes: RowPasses; readonly wrong: string[] } {
  const plain = plainPasses(rows);
  const writer = new Map<number, keyof Passes>();
  const wrong: string[] = [];
  const watch = <Name extends keyof Passes>(name: Name): Passes[Name] => {
    const { reads, writes } = slotsOf[name] ?? { reads: [], writes: [] };
    const run = plain[name] as (...args: unknown[]) => unknown;
    return ((...args: unknown[]) => {
      for (const slot of reads) if (writer.get(slot) !== ownerOf.get(slot)) wrong.push(`${name} reads ${slot}`);
      const poison = plain.scratch.map((slot) => new Float64Array(slot.length).fill(Number.NaN));
      const allowed = plain.scratch.map((slot, i) => (reads.includes(i) || writes.includes(i) ? slot : poison[i]));
      for (const slot of writes) if (!reads.includes(slot)) plain.scratch[slot]?.fill(Number.NaN);
      const result = run(...args.map((arg) => (arg === watched.scratch ? allowed : arg)));
      poison.forEach((slot, i) => {
        if (!reads.includes(i) && !writes.includes(i) && !slot.every(Number.isNaN)) wrong.push(`${name} writes ${i}`);
      });
      for (const slot of writes) writer.set(slot, name);
      return result;
    }) as Passes[Name];
  };
  const names = (Object.keys(plain) as (keyof RowPasses)[]).filter(
    (name): name is keyof Passes => !["scratch", "results", "unknown", "without"].includes(name),
  );
  const scratch = new Proxy(plain.scratch, {
    get(target, key) {
      const slot = typeof key === "string" && /^\d+$/.test(key) ? Number(key) : undefined;
      if (slot !== undefined && writer.get(slot) !== ownerOf.get(slot)) wrong.push(`slot ${slot} is read too late`);
      return Reflect.get(target, key);
    },
  });
  const watched: Record<string, unknown> = {
    ...plain,
    scratch,
    without: () => watched,
    ...Object.fromEntries(names.map((name) => [name, watch(name)])),
  };
  return { passes: watched as unknown as RowPasses, wrong };
}

it("no pass reads what another one left in a slot that both use, and a day is the same without it", () => {
  const start = rome.startOf("2026-01-10");
  const minutes = from(0, 1439)
    .filter((i) => i % 240 < 200 || i > 1200)
    .map((i) => {
      const what =
        (["heating", "hot_water", "defrost", "standby", "cooling"] as const)[Math.floor(i / 97) % 5] ?? "standby";
      const energy = { heatWh: what === "cooling" ? -40 : 60, electricityWh: i % 7 === 0 ? 100 : 0, hz: 50 };
      return wholeMinute(start + i * 60_000, what, energy, {
        flow_rate: 12 + (i % 3),
        flow_temperature: 35 + (i % 5) / 2,
        return_temperature: 30,
        outdoor_temperature: 22,
        immersion_heater: i % 50 < 9,
        daily_estimated_heat: i / 20,
      });
    });
  const columns = columnsOfMinutes(minutes);
  const day = { date: "2026-01-10", zone: rome, columns, now: start + 2 * 86_400_000 };
  const { passes, wrong } = watchedPasses(columns.rows);
  expect(dayEnergyOfColumns({ ...day, passes })).toEqual(dayEnergyOfColumns(day));
  expect(wrong).toEqual([]);
});
