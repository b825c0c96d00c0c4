import { expect, test } from "vitest";
import { steadyArchive } from "#test/support/archives/steady-archive.ts";
import { runReport } from "#test/support/run-report.ts";

/** 125,194 Wh a day at 1 kg/L, by the heat coefficient of EN 1434 at 35/30 °C (both pipes' mean, 1.15465 for 1.1592). */
const steadyHeatWh = 124_704;

const argumentsOf = (archive: string) => ["--archive", archive, "--device", "p", "--time-zone", "Europe/Rome"];

async function reportOf(archive: string) {
  const base = argumentsOf(archive);
  const ran = await runReport([...base, "--format", "json"]);
  expect(ran.code).toBe(0);
  const report = JSON.parse(ran.out);
  const [first, second] = report.periods;
  return { total: report.total, first, second, findings: report.happened.findings };
}

test("a heat pump with all its sensors is reported from them", async () => {
  const { total, first, findings } = await reportOf(steadyArchive());
  expect(first).toMatchObject({ heat_wh: steadyHeatWh, electricity_wh: 28_800, cop: 4.33 });
  expect(total.sources.electricity.by_source).toEqual({ counter: 2 });
  expect(findings).toEqual([]);
});

test("a counter that stays at 0 is none: the controller's total is used where it is reported, and nothing is 0", async () => {
  const { first, second, findings } = await reportOf(steadyArchive({ countsNothing: true }));
  expect(first).toMatchObject({ heat_wh: steadyHeatWh, electricity_wh: null, cop: null });
  expect(first.sources.electricity).toMatchObject({ wh: 29_100, by_source: { controller: 1 } });
  expect(second.sources.electricity).toBeNull();
  expect(findings).toMatchObject([{ name: "not_fitted", point: "daily_electricity", minutes: 2880 }]);
});

test("a flow that stays at 0 is none: the controller's heat is used where it is reported, and nothing is 0", async () => {
  const { first, second, findings } = await reportOf(steadyArchive({ flowLMin: 0 }));
  expect(first).toMatchObject({ heat_wh: null, electricity_wh: 28_800, cop: null });
  expect(first.sources.heat).toMatchObject({ wh: 130_000, by_source: { controller: 1 } });
  expect([second.heat_wh, second.sources.heat]).toEqual([null, null]);
  expect(findings).toMatchObject([{ name: "not_fitted", point: "flow_rate", minutes: 2880 }]);
});

test("the text of a notification has the controller's figure in place of a sensor that is not fitted", async () => {
  const { out } = await runReport([...argumentsOf(steadyArchive({ flowLMin: 0 })), "--to", "2026-11-10"]);
  expect(out).toContain("Heat – (Best estimate: 130.0 kWh) · Electricity 28.8 kWh · COP –");
});

test.each([
  ["written with a decimal comma", (text: string) => text.replaceAll(",86.94,", ',"86,94",')],
  ["left blank", (text: string) => text.replaceAll(",86.94,", ",,")],
  ["left blank in one of its two columns", (text: string) => text.replaceAll("100,86.94,60", "100,,60")],
])("heat cells that are %s are unknown, and the COP is that of the rest", async (_what, edit) => {
  const archive = steadyArchive({ edit: (text, day) => (day === 11 ? edit(text) : text) });
  const { total, first } = await reportOf(archive);
  expect(first).toMatchObject({ heat_wh: steadyHeatWh, cop: 4.33, coverage: 1 });
  expect(total.cop).toBe(4.33);
  expect(total.coverage).toBeLessThan(0.95);
  expect(total.days.complete).toBe(1);
});
