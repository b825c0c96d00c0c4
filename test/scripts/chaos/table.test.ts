import { describe, expect, it } from "vitest";
import { readChaosArguments } from "#scripts/chaos/chaos-arguments.ts";
import { faults } from "#scripts/chaos/faults/faults.ts";
import type { Verdict } from "#scripts/chaos/judge.ts";
import type { RunResult, Trial } from "#scripts/chaos/run.ts";
import { outcomeOf, p95, tableOf } from "#scripts/chaos/table.ts";

const well: Verdict = {
  lost: 0,
  doubled: 0,
  torn: 0,
  wrongTemperatures: 0,
  forbiddenCommands: 0,
  energyOffWh: 0,
  details: [],
};

const trial = (wrong: Partial<Verdict> = {}, more: Partial<Trial> = {}): Trial => ({
  fault: "network cut",
  verdict: { ...well, ...wrong },
  recoveryS: 2,
  grownMb: 1,
  ...more,
});

const result = (...trials: readonly Trial[]): RunResult => ({
  trials,
  impossible: [],
  temperatures: 3,
  houseMin: 60,
  residentMb: [100, 100],
});

describe("what a run comes to", () => {
  it("is nothing broken where all is well", () => {
    expect(outcomeOf(result(trial(), trial()))).toEqual({ broken: [], lastLine: "rows lost 0, doubled 0" });
  });

  it.each<readonly [Partial<Verdict>, string]>([
    [{ lost: 2 }, "2 rows lost"],
    [{ doubled: 1 }, "1 rows doubled"],
    [{ torn: 1 }, "1 torn rows"],
    [{ wrongTemperatures: 1 }, "1 wrong temperatures sent"],
    [{ forbiddenCommands: 1 }, "1 commands that must not be"],
    [{ energyOffWh: -900 }, "1 times the electricity was off"],
  ])("is broken by %o", (wrong, sentence) => {
    expect(outcomeOf(result(trial(), trial(wrong))).broken).toEqual([sentence]);
  });

  it("says rows lost and doubled in its last line", () => {
    expect(outcomeOf(result(trial({ lost: 2 }), trial({ lost: 1, doubled: 4 }))).lastLine).toBe(
      "rows lost 3, doubled 4",
    );
  });

  it("is broken where one in ten does not get well, or not within ten seconds", () => {
    const trials = Array.from({ length: 9 }, () => trial());
    expect(outcomeOf(result(...trials, trial({}, { recoveryS: 12 }))).broken).toHaveLength(1);
    expect(outcomeOf(result(...trials, trial({}, { recoveryS: null }))).broken).toHaveLength(1);
  });

  it("is a table with a row a fault, and with those that this machine cannot do", () => {
    const { trials } = result(trial({ lost: 1 }), trial(), trial({}, { fault: "disk full", grownMb: null }));
    const table = tableOf({ ...result(...trials), impossible: [{ fault: "slow fsync", why: "it needs strace" }] });
    expect(table.split("\n").slice(2)).toEqual([
      "| disk full | 1 | 0 | 0 | 0 | 0 | 2.0 | - |",
      "| network cut | 2 | 1 | 0 | 0 | 0 | 2.0 | 1.0 |",
      "| all | 3 | 1 | 0 | 0 | 0 | 2.0 | 1.0 |",
      "| slow fsync | not possible here: it needs strace |  |  |  |  |  |  |",
    ]);
  });

  it("has the value that 95 % do not exceed", () => {
    expect(p95(Array.from({ length: 100 }, (_, i) => i + 1))).toBe(95);
    expect(p95([3])).toBe(3);
    expect(p95([])).toBe(0);
  });
});

describe("the command line of a run", () => {
  it("has its defaults", () => {
    expect(readChaosArguments([])).toEqual({ minutes: 10, seed: 1, fault: [] });
  });

  it("takes minutes, a seed and some of the faults", () => {
    const args = ["--minutes", "0.5", "--seed", "7", "--fault", "network cut", "--fault", "disk full and back"];
    const expected = { minutes: 0.5, seed: 7, fault: ["network cut", "disk full and back"] };
    expect(readChaosArguments(args)).toEqual(expected);
  });

  it.each([
    ["--minutes", "0"],
    ["--seed", "1.5"],
    ["--fault", "an earthquake"],
  ])("refuses %s %s", (...args) => {
    expect(readChaosArguments(args)).toMatchObject({ problems: [expect.stringContaining(args[0])] });
  });

  it("names each fault once", () => {
    const names = faults.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
