import { dayMs, hourMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { askedInfluxDb, heating } from "./asked-influxdb.ts";
import { fileDashboards, shownPanels } from "./panels.ts";

const server = askedInfluxDb();

const from = Date.parse("2026-02-01T00:00:00Z");
const utc = { timeZone: "UTC" } as const;

describe("a heat pump's name", () => {
  const hostile = [
    "pump",
    "pump2",
    "o'brien",
    'the "big" one',
    "home/ecodan",
    "a|b.*",
    "x$/ OR /.*",
    "[z]{2} (q)? ^+, =;",
    "'; DROP SERIES FROM /.*/",
  ];

  it("is offered as it is, and each panel shows that heat pump alone, whatever its name has in it", async () => {
    for (const [i, device] of hostile.entries())
      await server.write(
        device,
        heating(from, from + hourMs, () => i + 1),
      );
    const list = fileDashboards[0]?.templating.list.find(({ name }) => name === "device");
    const offered = await server.query(list?.query ?? "");
    expect(offered.map(({ value }) => value).toSorted()).toEqual(hostile.toSorted());
    for (const [i, device] of hostile.entries()) {
      const filled = { from, to: from + dayMs, device, ...utc };
      expect(await server.shown("heatloop-energy: Heat", filled), device).toMatchObject([
        { Heat: ((i + 1) * 60) / 1000 },
      ]);
      for (const { name } of shownPanels) await server.shown(name, filled);
    }
  });

  it("that is not there shows nothing anywhere: no error, no 0", async () => {
    await server.write("pump", heating(from, from + hourMs));
    for (const { name } of shownPanels) {
      const rows = await server.shown(name, { from, to: from + dayMs, device: "pum", ...utc });
      expect(rows, name).toEqual([]);
    }
  });
});
