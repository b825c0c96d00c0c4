import type { ChartLine } from "@heatloop/lovelace-card/chart/chart";
import { envelopeOf } from "@heatloop/lovelace-card/chart/envelope";
import { knownEnvelope } from "@heatloop/lovelace-card/chart/known-envelope";
import { linePoints } from "@heatloop/lovelace-card/chart/line-points";
import { emptySeries, seriesOf } from "@heatloop/lovelace-card/chart/series";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

const none = Number.NaN;
const borders = Float64Array.from({ length: 11 }, (_, index) => index * 10);
const span = { from: 0, to: 100 };

type Point = readonly [at: number, value: number];

function lineOf(shape: ChartLine["shape"], points: readonly Point[], until?: number): ChartLine {
  const at = Float64Array.from(points, ([time]) => time);
  const values = Float32Array.from(points, ([, value]) => value);
  const line = { key: "flow", name: "Flow", color: "red", scale: "left", shape, series: seriesOf(at, values) } as const;
  return until === undefined ? line : { ...line, until };
}

describe("what a line is drawn through", () => {
  const rows: readonly [string, ChartLine, readonly Point[]][] = [
    [
      "its points",
      lineOf("straight", [
        [0, 1],
        [50, 2],
      ]),
      [
        [0, 1],
        [50, 2],
      ],
    ],
    [
      "a gap",
      lineOf("straight", [
        [0, 1],
        [20, 2],
        [30, none],
        [60, 3],
        [80, 4],
      ]),
      [
        [0, 1],
        [20, 2],
        [30, none],
        [60, 3],
        [80, 4],
      ],
    ],
    [
      "a dash for a point between two gaps",
      lineOf("straight", [
        [10, none],
        [30, 5],
        [40, none],
      ]),
      [
        [10, none],
        [20, 5],
        [30, 5],
        [40, none],
      ],
    ],
    [
      "a value that holds until a gap, and until now",
      lineOf(
        "step",
        [
          [0, 1],
          [20, 2],
          [30, none],
          [60, 3],
          [70, 4],
        ],
        90,
      ),
      [
        [0, 1],
        [20, 2],
        [30, 2],
        [30, none],
        [60, 3],
        [70, 4],
        [90, 4],
      ],
    ],
    [
      "the neighbours of its span",
      lineOf("straight", [
        [-300, 1],
        [-200, 2],
        [50, 3],
        [200, 4],
        [300, 5],
      ]),
      [
        [-200, 2],
        [50, 3],
        [200, 4],
      ],
    ],
    ["nothing", lineOf("step", [], 90), []],
  ];
  it.each(rows)("is %s", (_, line, points) => {
    expect(linePoints({ line, envelope: undefined }, span, borders).map(({ x, y }) => [x, y])).toEqual(points);
  });

  it("is its means from border to border where it has too many points, broken where there is none", () => {
    const line = lineOf("straight", [
      [5, 1],
      [6, 3],
      [15, 4],
      [20, none],
      [41, 8],
      [49, 6],
    ]);
    const envelope = envelopeOf(line.series, borders);
    expect(linePoints({ line, envelope }, span, borders).map(({ x, y }) => [x, y])).toEqual([
      [0, 2],
      [5, 2],
      [15, 4],
      [20, 4],
      [20, none],
      [40, 7],
      [45, 7],
      [50, 7],
      [50, none],
    ]);
  });
});

describe("the envelope of a line that grows", () => {
  it("is that of all its points at any time", () => {
    const value = fc.oneof(fc.integer({ min: -40, max: 90 }), fc.constant(none));
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), value), { minLength: 1, maxLength: 200 });
    void fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (list, each) => {
        const series = emptySeries();
        let at = 0;
        for (const [index, [step, point]] of list.entries()) {
          at += step;
          series.append(at, point);
          if (index % each !== 0) continue;
          if (index % 50 === 49) series.dropBefore(at - 30);
          expect(knownEnvelope(series, borders)).toEqual(envelopeOf(series, borders));
        }
      }),
      { numRuns: 60 },
    );
  });
});
