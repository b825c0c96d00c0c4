import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { entity, noon, startWorld } from "./prices-world.ts";

describe("a price file in the data folder", () => {
  const tariff = { dynamic: { file: "prices.csv" } };

  it("comes into the archive at once and when it changes, its mistakes named by line", async () => {
    const world = await startWorld(tariff);
    const file = join(world.dataFolder, "prices.csv");
    writeFileSync(file, "start,price\n2026-01-31 12:00,0.2\n2026-01-31 13:00,cheap\n");
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon)) === 0.2, "the file is read");
    expect(world.lines()).toContain('WARN prices.csv, line 3: found "cheap"; allowed: a number such as 0.285');
    writeFileSync(file, "start,price\n2026-01-31 12:00,0.2\n2026-01-31 13:00,0.4\n");
    utimesSync(file, 1, 1);
    await waitFor(async () => {
      world.clock.advanceTo(world.clock.now() + minuteMs);
      return (await world.priceAt(noon + 60 * minuteMs)) === 0.4;
    }, "the change is read");
    await waitFor(
      () => world.lines().filter((line) => line.startsWith("INFO prices were read")).length > 1,
      "it is logged",
    );
    expect(world.lines().filter((line) => line.startsWith("INFO prices were read"))).toEqual([
      "INFO prices were read from a file file=prices.csv prices=1 new=1",
      "INFO prices were read from a file file=prices.csv prices=2 new=1",
    ]);
    prices.close();
  });

  it("that is not there is asked for once, and read when it comes", async () => {
    const world = await startWorld(tariff);
    const prices = world.start();
    await waitFor(() => world.lines().length > 0, "it is asked for");
    world.clock.advanceTo(noon + 3 * minuteMs);
    writeFileSync(join(world.dataFolder, "prices.csv"), "start,price\n2026-01-31 12:00,0.2\n");
    await waitFor(async () => {
      world.clock.advanceTo(world.clock.now() + minuteMs);
      return (await world.priceAt(noon)) === 0.2;
    }, "it is read");
    expect(world.lines().filter((line) => line.includes("is not in the data folder: put it there"))).toHaveLength(1);
    prices.close();
  });

  it("of an earlier contract is read too, and nothing after the end", async () => {
    const world = await startWorld({ ...tariff, changes: [{ from: "2026-01-31", dynamic: { entity } }] });
    const file = join(world.dataFolder, "prices.csv");
    writeFileSync(file, "start,price\n2026-01-30 12:00,0.2\n");
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon - 86_400_000)) === 0.2, "the file is read");
    expect(world.home.followed()).toEqual([entity]);
    prices.close();
    rmSync(file);
    expect(world.home.followed()).toEqual([]);
    expect(world.clock.now()).toBe(noon);
  });
});
