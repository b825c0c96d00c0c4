import type { Chart, ChartLine } from "@heatloop/lovelace-card/chart/chart";
import { bandsAt, lineAt, readingsAt, slotAt, spokenAt } from "@heatloop/lovelace-card/chart/reading-at";
import { seriesOf } from "@heatloop/lovelace-card/chart/series";
import { describe, expect, it } from "vitest";

const nan = Number.NaN;

describe("the reading under the cursor", () => {
  const line = (shape: ChartLine["shape"], until?: number): ChartLine => ({
    key: "flow",
    name: "Flow",
    color: "red",
    scale: "left",
    shape,
    series: seriesOf(Float64Array.of(10, 20, 30, 50, 60), Float32Array.of(1, 2, nan, 5, 6)),
    ...(until !== undefined && { until }),
  });

  it.each([
    ["step", undefined, 5, undefined],
    ["step", undefined, 19, 1],
    ["step", undefined, 35, undefined],
    ["step", undefined, 55, 5],
    ["step", undefined, 70, undefined],
    ["step", 80, 70, 6],
    ["straight", undefined, 4, undefined],
    ["straight", undefined, 6, 1],
    ["straight", undefined, 14, 1],
    ["straight", undefined, 16, 2],
    ["straight", undefined, 28, undefined],
    ["straight", undefined, 38, undefined],
    ["straight", undefined, 64, 6],
    ["straight", undefined, 70, undefined],
  ] as const)("of a %s line that holds until %s at %d is %s", (shape, until, at, expected) => {
    expect(lineAt(line(shape, until), at)).toBe(expected);
  });

  it("is read out of lines, bars and stripes that are switched on", () => {
    const chart = {
      left: { show: (value: number) => `${value} kWh` },
      slots: { from: [0, 50], to: [50, 100], labels: ["a", "b"] },
      bars: [{ key: "heat", name: "Heat", color: "", scale: "left", stack: "heat", values: [7, nan] }],
      lines: [line("step")],
      bands: [{ key: "defrost", name: "Defrosting", color: "", spans: [{ from: 5, to: 25 }] }],
      titleAt: (at: number) => `at ${at}`,
      notesAt: () => ["half known"],
    } as unknown as Chart;
    expect(spokenAt(chart, 20, () => true)).toBe("at 20, Heat 7 kWh, Flow 2 kWh, Defrosting, half known");
    expect(spokenAt(chart, 60, ({ key }) => key !== "flow")).toBe("at 60, Heat –, half known");
    expect(readingsAt(chart, 20, () => false)).toEqual([]);
    expect(bandsAt(chart, 25, () => true)).toEqual([]);
    expect([slotAt(chart, 49), slotAt(chart, 50), slotAt(chart, 100)]).toEqual([0, 1, undefined]);
  });
});
