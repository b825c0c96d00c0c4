import { transitionPoints } from "@heatloop/core/influx/archive-points";
import { asTagText, influxLine } from "@heatloop/core/influx/line-protocol";
import { contextPoints, type Transition } from "@heatloop/core/live/transition";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const at = Date.parse("2026-11-21T12:00:30.250Z");
const lineOf = (point: Partial<Parameters<typeof influxLine>[0]>, precision?: "ms" | "s") =>
  influxLine({ measurement: "m", tags: {}, fields: { a: 1 }, at, ...point }, precision);

describe("a line of InfluxDB's line protocol", () => {
  it.each([
    [{}, "m a=1 1795262430250"],
    [{ measurement: "a b,c=d" }, "a\\ b\\,c=d a=1 1795262430250"],
    [{ tags: { z: "1", device: "heat pump" } }, "m,device=heat\\ pump,z=1 a=1 1795262430250"],
    [{ tags: { empty: "" } }, "m a=1 1795262430250"],
    [{ tags: { t: "x=1,y 2" } }, "m,t=x\\=1\\,y\\ 2 a=1 1795262430250"],
    [{ tags: { t: "a\nb\\" } }, "m,t=a\\ b/ a=1 1795262430250"],
    [{ fields: { a: -1.5, b: 1e21, c: 1e-7 } }, "m a=-1.5,b=1e+21,c=1e-7 1795262430250"],
    [{ fields: { on: true, off: false } }, "m on=true,off=false 1795262430250"],
    [{ fields: { t: 'say "a\\b"' } }, 'm t="say \\"a\\\\b\\"" 1795262430250'],
    [{ fields: { none: null, nan: Number.NaN, much: Number.POSITIVE_INFINITY, a: 0 } }, "m a=0 1795262430250"],
  ])("of %j is %s", (point, line) => {
    expect(lineOf(point)).toBe(line);
  });

  it("has its time in seconds where they are asked for", () => {
    expect(lineOf({}, "s")).toBe("m a=1 1795262430");
  });

  it("is none where nothing is known", () => {
    expect(lineOf({ fields: { a: null } })).toBeUndefined();
  });

  it("stays one line with one measurement, its tags and its fields, whatever the texts of tags are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, value) => {
        const line = lineOf({ tags: { name, device: value } }) ?? "";
        expect(line).not.toMatch(/[\r\n\0\\](?![,= ])/);
        // Without what is escaped: the separators of the line itself.
        const tags = [name, value].filter((text) => text !== "").length;
        expect(line.replace(/\\./g, "").replace(/[^ ,=]/g, "").length).toBeLessThanOrEqual(3 + 2 * tags);
        expect(line.endsWith(" a=1 1795262430250")).toBe(true);
      }),
    );
  });

  it("keeps the text of a tag but for backslashes and control characters", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/[\\\p{Cc}]/u.test(text)) expect(asTagText(text)).toBe(text);
      }),
    );
  });
});

describe("transitions of one moment", () => {
  const context = Object.fromEntries(contextPoints.map((id) => [id, null])) as Transition["context"];
  const changed = (kind: Transition["kind"], zone?: 1 | 2): Transition => ({
    ...{ at, kind, from: null, to: null, durationS: null, context },
    ...(zone && { zone }),
  });

  it("are kept apart by what changed, by zone, and else by a millisecond", () => {
    const points = transitionPoints(
      [changed("defrost"), changed("defrost"), changed("fault"), changed("room_feed", 1), changed("room_feed", 2)],
      { device: "p" },
    );
    const lines = points.map((point) => influxLine(point));
    expect(points.map((point) => point.at - at)).toEqual([0, 1, 0, 0, 0]);
    expect(new Set(lines).size).toBe(5);
  });
});
