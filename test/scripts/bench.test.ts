import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type BenchFigure, type BenchRow, type Goal, median, rowOf } from "#scripts/bench/figure.ts";
import { programFlags } from "#scripts/bench/program.ts";
import { type BenchArguments, readBenchArguments, runFigures } from "#scripts/bench/run-figures.ts";
import { alternately } from "#scripts/bench/turns.ts";
import { imageSteps } from "#scripts/image/dockerfile.ts";

const atMostOne: Goal = { of: "ours", is: "<=", limit: 1 };

function figure(name: string, ours: number, peer: number | null = null, goal: Goal = atMostOne): BenchFigure {
  return { name, goal, measure: async () => ({ ours, peer }) };
}

function unmeasurable(name: string): BenchFigure {
  return {
    name,
    goal: atMostOne,
    measure: async () => {
      throw new Error("there is no broker");
    },
  };
}

async function run(words: readonly string[], figures: readonly BenchFigure[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runFigures({
    words,
    figures,
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  return { exitCode, printed, complaints };
}

describe("a row of the bench", () => {
  it.each<[Goal, number, number | null, number | null, boolean]>([
    [{ of: "ratio", is: ">=", limit: 0.8 }, 80, 100, 0.8, true],
    [{ of: "ratio", is: ">=", limit: 0.8 }, 79.9, 100, 0.799, false],
    [{ of: "ratio", is: "<=", limit: 1.25 }, 125, 100, 1.25, true],
    [{ of: "ratio", is: "<=", limit: 1.25 }, 126, 100, 1.26, false],
    [{ of: "ratio", is: "<=", limit: 1.25 }, 126, null, null, false],
    [{ of: "ours", is: "<=", limit: 90 }, 90, 45, 2, true],
    [{ of: "ours", is: "<=", limit: 90 }, 90.01, 45, 2, false],
    [{ of: "ours", is: "<=", limit: 90 }, 89, null, null, true],
  ])("%o with ours %d and peer %d has the ratio %d and is ok: %s", (goal, ours, peer, ratio, ok) => {
    expect(rowOf(figure("memory_mb", ours, peer, goal), { ours, peer })).toMatchObject({ ours, peer, ratio, ok });
  });

  it("shows its goal in a form that people read", () => {
    const ratio: Goal = { of: "ratio", is: ">=", limit: 0.8 };
    expect(rowOf(figure("ingest", 1, 1, ratio), { ours: 1, peer: 1 }).goal).toBe("ratio >= 0.8");
    expect(rowOf(figure("memory", 1), { ours: 1, peer: null }).goal).toBe("ours <= 1");
  });

  it("is judged before it is rounded", () => {
    expect(rowOf(figure("start", 1), { ours: 1.00001, peer: null })).toMatchObject({ ours: 1, ok: false });
  });

  it("is not ok where nothing was measured", () => {
    const row = { name: "start", ours: null, peer: null, ratio: null, goal: "ours <= 1", ok: false };
    const spread = { against: null, turns: 0, spread_low: null, spread_high: null };
    expect(rowOf(figure("start", 1), undefined)).toEqual({ ...row, ...spread });
  });

  it.each<[string, Goal, readonly (readonly [number, number])[], Partial<BenchRow>]>([
    [
      "the turn with the median ratio, and the quartiles of all ratios",
      { of: "ratio", is: "<=", limit: 3 },
      [
        [2, 1],
        [9, 1],
        [12, 4],
        [1, 1],
        [8, 2],
      ],
      { ours: 12, peer: 4, ratio: 3, ok: true, turns: 5, spread_low: 2, spread_high: 4 },
    ],
    [
      "the turn with the median of ours, and the quartiles of ours, where the goal is ours",
      { of: "ours", is: "<=", limit: 5 },
      [
        [1, 1],
        [5, 1],
        [9, 9],
        [3, 1],
        [7, 1],
      ],
      { ours: 5, peer: 1, ratio: 5, ok: true, turns: 5, spread_low: 3, spread_high: 7 },
    ],
    [
      "nothing where a turn measured nothing",
      { of: "ratio", is: "<=", limit: 5 },
      [
        [1, 1],
        [Number.NaN, 1],
        [1, 1],
      ],
      { ok: false },
    ],
  ])("of several turns has %s", (_what, goal, turns, row) => {
    const measured = turns.map(([ours, peer]) => ({ ours, peer }));
    expect(rowOf(figure("start", 1, 1, goal), measured)).toMatchObject(row);
  });

  it("names the peer", () => {
    const against = { ...figure("start", 1, 1), against: "node -e 0" };
    expect(rowOf(against, { ours: 1, peer: 1 })).toMatchObject({ against: "node -e 0" });
  });

  it("without a goal is for information: it is ok whatever it is, and where nothing was measured", () => {
    const { goal: _, ...information } = figure("beside", 1e9);
    expect(rowOf(information, { ours: 1e9, peer: 1 })).toMatchObject({ goal: "information", ok: true });
    expect(rowOf(information, undefined)).toMatchObject({ goal: "information", ok: true });
  });
});

describe("the median", () => {
  it.each([
    [[3], 3],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2],
  ])("of %j is %d", (measurements, middle) => {
    expect(median(measurements, Number)).toBe(middle);
  });

  it("of nothing is refused", () => {
    expect(() => median([], Number)).toThrow("nothing was measured");
  });
});

describe("turns", () => {
  it("are taken one after another, and each contestant begins a round as often as the others", async () => {
    const order: string[] = [];
    let now = 0;
    const contestant = (name: string) => async () => {
      order.push(name);
      now += 1;
      return now;
    };
    const rounds = await alternately(3, { a: contestant("a"), b: contestant("b"), c: contestant("c") });
    expect(order.join("")).toBe("abcbcacab");
    expect(rounds).toEqual([
      { a: 1, b: 2, c: 3 },
      { a: 6, b: 4, c: 5 },
      { a: 8, b: 9, c: 7 },
    ]);
  });

  it("end with the first that fails", async () => {
    const failing = alternately(2, { ours: () => 1, peer: () => Promise.reject(new Error("it has ended")) });
    await expect(failing).rejects.toThrow("it has ended");
  });
});

describe("the arguments of the bench", () => {
  const figures = ["ingest_qos_0", "ingest_qos_1", "start_ms"].map((name) => figure(name, 1));
  const namesOf = (read: BenchArguments) => ("figures" in read ? read.figures.map(({ name }) => name) : read.problems);

  it.each([
    [[], ["ingest_qos_0", "ingest_qos_1", "start_ms"]],
    [["start_ms"], ["start_ms"]],
    [["ingest"], ["ingest_qos_0", "ingest_qos_1"]],
    [
      ["start", "ingest_qos_1"],
      ["ingest_qos_1", "start_ms"],
    ],
  ])("%j choose %j", (words, names) => {
    expect(namesOf(readBenchArguments(words, figures))).toEqual(names);
  });

  it("may ask for JSON at any place", () => {
    expect(readBenchArguments(["start", "--json"], figures)).toMatchObject({ json: true });
    expect(readBenchArguments(["start"], figures)).toMatchObject({ json: false });
  });

  it("are all refused at once, each with what is allowed", async () => {
    const { exitCode, printed, complaints } = await run(["strat", "--fast", "memory"], figures);
    expect(complaints).toEqual([
      "--fast is not known: --json is",
      "there is no figure strat; there are ingest_qos_0, ingest_qos_1, start_ms",
      "there is no figure memory; there are ingest_qos_0, ingest_qos_1, start_ms",
    ]);
    expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: [] });
  });
});

describe("the bench", () => {
  it("prints a table with a row a figure, and ends with 0 where all goals are reached", async () => {
    const { exitCode, printed } = await run([], [figure("start_ms", 0.5, 0.25), figure("memory_mb", 1)]);
    expect(printed.map((line) => line.split(/\s{2,}/))).toEqual([
      ["figure", "ours", "peer", "ratio", "spread", "goal", "against"],
      ["start_ms", "0.5", "0.25", "2", "ours <= 1", "ok"],
      ["memory_mb", "1", "ours <= 1", "ok"],
    ]);
    expect(exitCode).toBe(0);
  });

  it("prints the spread of several turns and who the peer is", async () => {
    const turns = [1, 2, 3, 4, 5].map((ours) => ({ ours, peer: 2 }));
    const start = { ...figure("start_ms", 1), goal: { of: "ratio", is: "<=", limit: 2 } as const };
    const { printed } = await run([], [{ ...start, against: "node -e 0", measure: async () => turns }]);
    const row = ["start_ms", "3", "2", "1.5", "1..2", "ratio <= 2", "ok", "node -e 0"];
    expect(printed[1]?.split(/\s{2,}/)).toEqual(row);
  });

  it("goes on, gives the reason and does not fail after information that cannot be had", async () => {
    const { goal: _, ...information } = unmeasurable("mosquitto_sub");
    const { exitCode, printed, complaints } = await run([], [information]);
    expect(complaints).toEqual(["mosquitto_sub was not measured: there is no broker"]);
    expect(printed[1]?.split(/\s{2,}/)).toEqual(["mosquitto_sub", "information", "-"]);
    expect(exitCode).toBe(0);
  });

  it("prints nothing but a JSON array with --json", async () => {
    const { exitCode, printed } = await run(["--json"], [figure("start_ms", 0.5, 0.25)]);
    const row = { name: "start_ms", ours: 0.5, peer: 0.25, ratio: 2, goal: "ours <= 1", ok: true };
    const spread = { against: null, turns: 1, spread_low: 0.5, spread_high: 0.5 };
    expect(JSON.parse(printed.join("\n"))).toEqual([{ ...row, ...spread }]);
    expect(exitCode).toBe(0);
  });

  it("ends with 1 where a goal is missed", async () => {
    const { exitCode, printed } = await run([], [figure("start_ms", 2), figure("memory_mb", 1)]);
    expect(printed[1]).toMatch(/MISSED$/);
    expect(exitCode).toBe(1);
  });

  it("goes on after a figure that cannot be measured, gives the reason and ends with 1", async () => {
    const { exitCode, printed, complaints } = await run(["--json"], [unmeasurable("ingest"), figure("start_ms", 1)]);
    expect(complaints).toEqual(["ingest was not measured: there is no broker"]);
    expect(JSON.parse(printed.join("\n"))).toMatchObject([
      { name: "ingest", ours: null, ok: false },
      { name: "start_ms", ours: 1, ok: true },
    ]);
    expect(exitCode).toBe(1);
  });

  it("measures nothing that was not asked for", async () => {
    const { complaints, exitCode } = await run(["start"], [unmeasurable("ingest"), figure("start_ms", 1)]);
    expect({ complaints, exitCode }).toEqual({ complaints: [], exitCode: 0 });
  });
});

it("the bench starts the program with the flags of its image", () => {
  const { entrypoint } = imageSteps(readFileSync(new URL("../../ha-addon/Dockerfile", import.meta.url), "utf8"));
  expect(entrypoint).toEqual(["node", ...programFlags, "dist/main.js"]);
});
