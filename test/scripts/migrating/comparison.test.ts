import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Transition } from "@heatloop/core/live/transition";
import { contextPoints } from "@heatloop/core/live/transition";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { chooseTransitions } from "#scripts/migrating/chosen-transitions.ts";
import { archiveComparer } from "#scripts/migrating/comparison.ts";
import { comparisonCsv, comparisonText, isExplained } from "#scripts/migrating/comparison-text.ts";
import { pairMinutes } from "#scripts/migrating/minute-pairs.ts";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";

const rome = namedZone("Europe/Rome");
const at = rome.startOf("2026-11-20");
const rows = Array.from({ length: 30 }, (_, i) =>
  wholeMinute(at + i * minuteMs, "heating", { heatWh: 80, electricityWh: 20 }),
);
const context = Object.fromEntries(contextPoints.map((id) => [id, null])) as Transition["context"];
const change = (ms: number, kind: Transition["kind"], from: string, to: string): Transition => ({
  ...{ at: at + ms, kind, from, to },
  ...{ durationS: 60, context },
});
const runs = (shiftMs = 0) => [
  change(5 * minuteMs + shiftMs, "compressor", "off", "on"),
  change(16 * minuteMs + shiftMs, "compressor", "on", "off"),
];

const later = (transition: Transition): Transition => ({ ...transition, at: transition.at + 10 * hourMs });

function compare(
  fresh: typeof rows,
  transitions: { readonly old: Transition[]; readonly new: Transition[] } = { old: [], new: [] },
) {
  const comparer = archiveComparer();
  comparer.take({ date: "2026-11-20", pairs: pairMinutes(rows, fresh), transitions });
  return comparer.end();
}

describe("two archives", () => {
  it("that say the same are said to", () => {
    const comparison = compare(rows);
    expect(comparisonText(comparison, rome)).toMatch(/All 30 minutes are the same\.$/);
    expect(isExplained(comparison)).toBe(true);
    expect(comparison.dates).toEqual([
      {
        date: "2026-11-20",
        old: { rows: 30, knownS: 1800, heatWh: 2400, electricityWh: 600 },
        new: { rows: 30, knownS: 1800, heatWh: 2400, electricityWh: 600 },
        same: 30,
      },
    ]);
  });

  it("that differ are said to by spans, each with its reason", () => {
    const fresh = rows.flatMap((row, i) => (i < 5 ? [] : i >= 10 && i < 14 ? [minuteOf(row.at)] : [row]));
    const comparison = compare(fresh);
    const text = comparisonText(comparison, rome);
    expect(text).toContain("2026-11-20 00:00 to 2026-11-20 00:05  5 min: the new program did not log");
    expect(text).toContain("2026-11-20 00:10 to 2026-11-20 00:14  4 min: the new program heard less of the heat pump");
    expect(text).toMatch(/21 minutes are the same; 9 differ, all of them for a reason that is named\.$/);
    expect(comparisonCsv(comparison, rome).split("\n")).toEqual([
      "from,to,minutes,kind,why",
      expect.stringMatching(
        /^2026-11-20T00:00:00\+01:00,2026-11-20T00:05:00\+01:00,5,only_old,"the new program did not log: .*"$/,
      ),
      expect.stringMatching(/^2026-11-20T00:10:00\+01:00,2026-11-20T00:14:00\+01:00,4,old_knows_more,".*"$/),
      "",
    ]);
  });

  it("are shown in deploy/migrate.md as they are printed", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../deploy/migrate.md"), "utf8");
    const [, shown] = /```text\n(date .*?)```/s.exec(page) ?? [];
    const from = at + 9 * hourMs;
    const old = Array.from({ length: 1440 - 9 * 60 }, (_, i) =>
      wholeMinute(from + i * minuteMs, "heating", { heatWh: 50 + (i % 7), electricityWh: i % 8 === 0 ? 100 : 0 }),
    );
    const fresh = old.flatMap((row, i) => (i < 5 ? [] : i >= 312 && i < 326 ? [minuteOf(row.at)] : [row]));
    const comparer = archiveComparer();
    comparer.take({
      ...{ date: "2026-11-20", pairs: pairMinutes(old, fresh) },
      transitions: { old: runs().map(later), new: runs(140).map(later) },
    });
    expect(`${comparisonText(comparer.end(), rome)}\n`).toBe(shown);
  });

  it("that differ without a reason are not explained", () => {
    const fresh = rows.map((row, i) =>
      i === 7 ? wholeMinute(row.at, "heating", { heatWh: 40, electricityWh: 20 }) : row,
    );
    const comparison = compare(fresh);
    expect(isExplained(comparison)).toBe(false);
    expect(comparisonText(comparison, rome)).toMatch(
      /29 minutes are the same; 1 differ, 1 of them without a reason\.$/,
    );
  });

  it("of machines whose clocks differ are not explained, and the clocks are named", () => {
    const comparison = compare(rows, { old: runs(), new: runs(63 * secondMs) });
    expect(comparison.clockMs).toBe(63 * secondMs);
    expect(isExplained(comparison)).toBe(false);
    expect(comparisonText(comparison, rome)).toContain(
      "2 changes 63.0 s later than the old one, in the middle. The clocks of the two machines differ",
    );
  });

  it("are compared over midnight as within a day", () => {
    const comparer = archiveComparer();
    const late = wholeMinute(at - minuteMs, "heating", { heatWh: 80, electricityWh: 20 });
    const early = wholeMinute(at, "heating", { heatWh: 80, electricityWh: 20 });
    const starting = (minute: typeof late) => ({ ...minute, figures: { ...minute.figures, starts: 1 } });
    comparer.take({
      date: "2026-11-19",
      pairs: pairMinutes([starting(late)], [late]),
      transitions: { old: [], new: [] },
    });
    comparer.take({
      date: "2026-11-20",
      pairs: pairMinutes([early], [starting(early)]),
      transitions: { old: [], new: [] },
    });
    expect(comparer.end().spans).toEqual([]);
  });
});

describe("the transitions of two archives", () => {
  const half = [
    { from: 0, side: "old" as const },
    { from: at + 10 * minuteMs, side: "new" as const },
  ];

  it("are those of the side whose minutes were chosen", () => {
    const [start, stop] = runs();
    const other = change(3 * minuteMs, "fault", "none", "E1");
    expect(
      chooseTransitions(half, { old: [...runs(), other].sort((a, b) => a.at - b.at), new: [other, ...runs(200)] }),
    ).toEqual([other, start, { ...stop, at: (stop?.at ?? 0) + 200 }]);
  });

  it.each([
    ["just before the change of sides, and just after it by the other", -300, 200],
    ["just after the change of sides, and just before it by the other", 200, -300],
    ["before it by both", -900, -500],
  ])("are there once where they were seen %s", (_, oldMs, newMs) => {
    const seen = (ms: number) => [change(10 * minuteMs + ms, "compressor", "off", "on")];
    expect(chooseTransitions(half, { old: seen(oldMs), new: seen(newMs) })).toHaveLength(1);
  });
});
