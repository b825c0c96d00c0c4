import { textOf } from "@heatloop/core/catalogue/text-states";
import { stopCauses } from "@heatloop/core/events/cycle-cause";
import { runLengthMinutes } from "@heatloop/core/events/cycle-report";
import { reportJson, reportSchema } from "@heatloop/ha-addon/report/json/json";
import type { HeatPumpEntity } from "@heatloop/lovelace-card/home-assistant/entity-id";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import type { History } from "@heatloop/lovelace-card/home-assistant/history";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { countedBy, countedFrom } from "@heatloop/lovelace-card/views/cycles/counted-cycles";
import { cycleEntities, dayStrips, runsOf, segmentsOf } from "@heatloop/lovelace-card/views/cycles/cycles";
import { hasStrips } from "@heatloop/lovelace-card/views/cycles/cycles-load";
import { legendOf } from "@heatloop/lovelace-card/views/cycles/cycles-strip";
import { causeText, durationText, lengthText } from "@heatloop/lovelace-card/views/cycles/cycles-words";
import { startsBars } from "@heatloop/lovelace-card/views/cycles/starts-chart";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { englishLocale, fakeHome } from "#test/lovelace-card/support/fake-home.ts";
import { didOn, watchedReport } from "#test/lovelace-card/support/watched-month.ts";

const start = rome.startOf("2026-11-20");
const end = rome.endOf("2026-11-20");
const minute = 60_000;
const entities = new Map<HeatPumpEntity, string>([["operation", "sensor.operation"]]);

/** What Home Assistant has recorded: a state and the minute since midnight at which it came. */
function history(...states: readonly (readonly [state: string, at: number])[]): History {
  return { "sensor.operation": states.map(([s, at]) => ({ s, lu: (start + at * minute) / 1000 })) };
}
const segments = (of: History) =>
  segmentsOf(of, entities, start, end).map(({ from, to, situation }) => [
    situation,
    (from - start) / minute,
    (to - start) / minute,
  ]);

describe("what it did", () => {
  it("follows without a gap from the history of the operation", () => {
    expect(
      segments(history(["standby", -30], ["heating", 60], ["heating", 70], ["defrost", 90], ["standby", 95])),
    ).toEqual([
      ["standby", 0, 60],
      ["heating", 60, 90],
      ["defrost", 90, 95],
      ["standby", 95, 1440],
    ]);
  });

  it("is not known before the first state and while Home Assistant knew nothing", () => {
    expect(segments(history(["heating", 60], ["unknown", 90], ["unavailable", 100], ["heating", 200]))).toEqual([
      ["unknown", 0, 60],
      ["heating", 60, 90],
      ["unknown", 90, 100],
      ["offline", 100, 200],
      ["heating", 200, 1440],
    ]);
    expect(segments({})).toEqual([["unknown", 0, 1440]]);
  });

  it("follows from the firmware's signs where Heatloop's operation is not there", () => {
    const signs = new Map<HeatPumpEntity, string>([
      ["compressor", "binary_sensor.c"],
      ["operation_mode", "sensor.m"],
      ["flow_temperature", "sensor.f"],
    ]);
    expect([...cycleEntities(signs).keys()]).toEqual(["operation_mode", "compressor", "flow_temperature"]);
    expect([...cycleEntities(new Map([...signs, ...entities])).keys()]).toEqual(["operation"]);
    const at = (minutes: number) => (start + minutes * minute) / 1000;
    const of = {
      "binary_sensor.c": [
        { s: "off", lu: at(0) },
        { s: "on", lu: at(100), lc: at(50) },
        { s: "off", lu: at(130) },
      ],
      "sensor.m": [{ s: textOf("operation_mode", "hot_water", "de") ?? "", lu: at(0) }],
    };
    expect(segmentsOf(of, signs, start, end).map(({ situation }) => situation)).toEqual([
      "standby",
      "hot_water",
      "standby",
    ]);
  });

  it("fills the time whatever the history is", () => {
    const states = fc.array(
      fc.tuple(
        fc.constantFrom("heating", "standby", "defrost", "unavailable", "?"),
        fc.integer({ min: -99, max: 2000 }),
      ),
    );
    void fc.assert(
      fc.property(states, (list) => {
        const segments = segmentsOf(history(...list), entities, start, end);
        expect(segments[0]?.from).toBe(start);
        expect(segments.at(-1)?.to).toBe(end);
        for (const [index, { from, to }] of segments.entries()) {
          expect(to).toBeGreaterThan(from);
          expect(from).toBe(segments[index - 1]?.to ?? start);
        }
      }),
    );
  });
});

describe("runs", () => {
  const runs = (of: History) =>
    runsOf(segmentsOf(of, entities, start, end)).map(({ from, to, startSeen, seen }) => [
      (from - start) / minute,
      (to - start) / minute,
      startSeen,
      seen,
    ]);

  it("go on through defrosts and hot water", () => {
    expect(
      runs(
        history(
          ["standby", 0],
          ["heating", 60],
          ["defrost", 90],
          ["heating", 95],
          ["hot_water", 120],
          ["standby", 150],
        ),
      ),
    ).toEqual([[60, 150, true, true]]);
  });

  it("are not counted as starts, nor by length, where their ends were not seen", () => {
    expect(
      runs(history(["heating", 0], ["standby", 10], ["heating", 60], ["unavailable", 65], ["heating", 70])),
    ).toEqual([
      [0, 10, false, false],
      [60, 65, true, false],
      [70, 1440, false, false],
    ]);
  });

  it("are counted by day of their start, by length, and the short ones listed, the latest first", () => {
    const segments = segmentsOf(
      history(
        ["standby", 0],
        ["heating", 60],
        ["standby", 66],
        ["heating", 100],
        ["standby", 145],
        ["heating", 200],
        ["standby", 208],
      ),
      entities,
      start,
      end,
    );
    const days = dayStrips(segments, "2026-11-19", "2026-11-20", rome);
    const counted = countedFrom(runsOf(segments), days, rome, end);
    expect([...counted.starts]).toEqual([["2026-11-20", { starts: 3, isWhole: true }]]);
    expect(counted.lengths.map(({ runs: count }) => count)).toEqual([2, 0, 1, 0, 0, 0]);
    expect(counted.shortRuns.map(({ at, seconds }) => [(at - start) / minute, seconds])).toEqual([
      [200, 480],
      [60, 360],
    ]);
  });

  const oneDay = [
    ["a whole one", history(["standby", -30], ["heating", 60], ["standby", 66], ["heating", 100]), end, 2],
    ["one that goes on", history(["standby", -30], ["heating", 60], ["standby", 66]), end - minute, null],
    ["one of which 20 minutes are missing", history(["standby", 20], ["heating", 60], ["standby", 66]), end, null],
    ["one that is over with 10 minutes missing", history(["standby", 10], ["heating", 60]), end, 1],
  ] as const;
  it.each(oneDay)("of a day that is %s make a mean of a day only if it is whole", (_, of, now, mean) => {
    const of20 = segmentsOf(of, entities, start, Math.min(end, now));
    const strips = dayStrips(of20, "2026-11-20", "2026-11-20", rome);
    expect(countedFrom(runsOf(of20), strips, rome, now).startsPerDay).toBe(mean);
  });
});

describe("the app's report of the cycles", () => {
  const report = reportSchema.parse(reportJson(watchedReport("2026-11-15", "2026-11-21", "day"), rome));
  const cycles = report.happened?.cycles;
  const counted = cycles && countedBy(cycles);

  it("gives starts, lengths and short runs with their cause", () => {
    const ran = didOn("2026-11-20").filter(({ operation }) => operation === "heating" || operation === "hot_water");
    expect(counted?.starts.get("2026-11-20")).toEqual({ starts: ran.length, isWhole: true });
    expect(counted?.lengths.reduce((sum, { runs }) => sum + runs, 0)).toBe(
      cycles?.lengths.reduce((sum, { runs }) => sum + runs, 0),
    );
    expect(counted?.shortRuns.length).toBeGreaterThan(2);
    expect(counted?.shortRuns.map(({ at }) => at)).toEqual(
      counted?.shortRuns.map(({ at }) => at).sort((one, other) => other - one),
    );
    expect(counted?.shortRuns.some(({ reason }) => reason === "minimum_output")).toBe(true);
  });

  it("tells why all runs ended, as many as it has lengths of", () => {
    const count = (of: readonly { readonly runs: number }[] = []) => of.reduce((sum, { runs }) => sum + runs, 0);
    expect(count(counted?.stops)).toBe(count(counted?.lengths));
    expect(counted?.stops.map(({ cause }) => cause)).toContain("room_satisfied");
  });

  it("has classes of length that the card's are made of", () => {
    for (const { fromMinutes } of counted?.lengths ?? []) {
      expect([0, ...runLengthMinutes]).toContain(fromMinutes);
    }
  });
});

describe("the bars of a longer range", () => {
  const season = { from: "2026-07-01", to: "2027-06-30", unit: "season" } as const;
  const { cycles } = reportSchema.parse(reportJson(watchedReport(season.from, "2026-11-21", "month"), rome))
    .happened as NonNullable<ReturnType<typeof reportSchema.parse>["happened"]>;
  const bars = startsBars(countedBy(cycles), season, rome);

  it("are the months' means of a day that the report of the month itself has", () => {
    expect(bars.map(({ wholeDays }) => wholeDays)).toEqual([0, 0, 0, 27, 18, 0, 0, 0, 0, 0, 0, 0]);
    const november = watchedReport("2026-11-01", "2026-11-21", "day").events?.cycles;
    expect(bars[4]?.startsPerDay).toBe(november?.startsPerDay);
    expect(bars[0]?.startsPerDay).toBeNull();
  });

  it("hold all short runs between them", () => {
    expect(bars.reduce((sum, { shortRuns }) => sum + shortRuns, 0)).toBe(countedBy(cycles).shortRuns.length);
  });
});

describe("a range", () => {
  it.each([
    ["2026-11-20", "2026-11-20", true],
    ["2026-10-01", "2026-10-31", true],
    ["2026-10-01", "2026-11-01", false],
    ["2026-01-01", "2026-12-31", false],
  ])("from %s to %s has strips: %s", (from, to, has) => {
    expect(hasStrips({ from, to })).toBe(has);
  });
});

describe("words", () => {
  const formats = formatsOf(fakeHome([]).hass);

  it.each([
    [30, "1\u00a0min"],
    [360, "6\u00a0min"],
    [3600, "1\u00a0h"],
    [4800, "1\u00a0h 20\u00a0min"],
  ])("of %d s are %s", (seconds, text) => {
    expect(durationText(seconds, formats)).toBe(text);
  });

  it.each([
    [0, 10, "< 10\u00a0min"],
    [10, 30, "10 – 30\u00a0min"],
    [30, 60, "30 – 60\u00a0min"],
    [60, 120, "1 – 2\u00a0h"],
    [240, null, "> 4\u00a0h"],
  ])("of runs from %d to %s min are %s", (fromMinutes, toMinutes, text) => {
    expect(lengthText({ fromMinutes, toMinutes, runs: 1 }, formats)).toBe(text);
  });

  it.each([
    ["24", "en", "0 6 12 18 24"],
    ["12", "en", "12 AM 6 AM 12 PM 6 PM 12 AM"],
    ["language", "de", "0 6 12 18 24"],
    ["language", "en-US", "12 AM 6 AM 12 PM 6 PM 12 AM"],
  ])("of the hours below a strip are those of a clock of %s, %s", (time_format, language, hours) => {
    const { hass } = fakeHome([], { locale: { ...englishLocale, language, time_format } });
    const of = formatsOf(hass);
    expect([0, 6, 12, 18, 24].map((hour) => of.hour(hour).replace("\u202f", " ")).join(" ")).toBe(hours);
  });

  it("name every cause, and what lies behind an overshoot", () => {
    const inEnglish = { texts: english, formats: { language: "en" } };
    const named = stopCauses.map((cause) => causeText(cause, null, inEnglish));
    expect(new Set(named).size).toBe(stopCauses.length);
    expect(named[0]).toBe("Fault");
    expect(causeText("overshoot", "minimum_output", inEnglish)).toBe("Output could not go lower");
    expect(causeText("a cause of a later version", null, inEnglish)).toBe("No cause seen");
  });
});

describe("the strip of a day", () => {
  it.each([
    [
      ["standby", "heating"],
      ["heating", "standby"],
    ],
    [
      ["heating", "offline"],
      ["heating", "not_seen"],
    ],
    [
      ["unknown", "standby"],
      ["standby", "not_seen"],
    ],
    [
      ["heating", "hot_water"],
      ["heating", "hot_water"],
    ],
  ] as const)("of %j has %j in its legend", (situations, legend) => {
    const segments = situations.map((situation, i) => ({
      from: start + i * minute,
      to: start + (i + 1) * minute,
      situation,
    }));
    expect(legendOf([{ date: "2026-11-20", from: start, to: end, segments }])).toEqual(legend);
  });

  it("is cut at midnight, the latest day first", () => {
    const segments = [{ from: start - 3_600_000, to: start + 3_600_000, situation: "heating" as const }];
    expect(dayStrips(segments, "2026-11-19", "2026-11-20", rome)).toEqual([
      { date: "2026-11-20", from: start, to: end, segments: [{ ...segments[0], from: start }] },
      { date: "2026-11-19", from: rome.startOf("2026-11-19"), to: start, segments: [{ ...segments[0], to: start }] },
    ]);
  });
});
