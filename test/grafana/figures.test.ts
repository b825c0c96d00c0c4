import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Transition } from "@heatloop/core/live/transition";
import { minuteMs } from "@heatloop/core/time/durations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { influxUser, startInfluxDb, type TestInfluxDb } from "#test/support/influx/influxdb.ts";
import { type Check, changesOf, expectChanges, step } from "./expected/checks.ts";
import { cycles } from "./expected/cycles.ts";
import { energy } from "./expected/energy.ts";
import { health } from "./expected/health.ts";
import { overview } from "./expected/overview.ts";
import { roomFeed } from "./expected/room-feed.ts";
import { type KnownMonth, knownMonth, nowAt } from "./known-month.ts";
import { type FilePanel, fileDashboards, filledQuery, shownPanels } from "./panels.ts";
import { endAt, pump, type SimulatedMonth, simulatedMonth, startAt, zone } from "./simulated-month.ts";
import { type TableRow, transformed } from "./transformed.ts";

const expectations: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  "heatloop-overview": overview,
  "heatloop-energy": energy,
  "heatloop-cycles": cycles,
  "heatloop-room-feed": roomFeed,
  "heatloop-health": health,
};

let server: TestInfluxDb;
let simulated: SimulatedMonth;
let month: KnownMonth;

beforeAll(async () => {
  [server, simulated] = await Promise.all([startInfluxDb(), simulatedMonth()]);
  const script = fileURLToPath(new URL("../../scripts/export-influx.ts", import.meta.url));
  const archive = ["--archive", simulated.folder, "--time-zone", zone.name];
  const to = ["--url", server.url, "--api", "1", "--database", "heatloop", "--username", influxUser.username];
  await promisify(execFile)(process.execPath, [script, ...archive, ...to], {
    env: { ...process.env, HEATLOOP_INFLUX_SECRET: influxUser.password },
  });
  month = await knownMonth(simulated);
}, 240_000);
afterAll(async () => {
  await server?.close();
  await simulated?.close();
});

/** A panel's own range where it has one and the dashboard's is relative to now. */
function rangeOf({ timeFrom }: FilePanel): { readonly from: number; readonly to: number } {
  if (timeFrom === "now-10m") return { from: nowAt - 10 * minuteMs, to: nowAt - 1 };
  if (timeFrom === "now/d") return { from: zone.startOf(zone.dateOf(nowAt)), to: nowAt - 1 };
  return { from: startAt, to: endAt - 1 };
}

/** What a panel shows of a device. */
async function shown(panel: FilePanel, device = pump): Promise<readonly TableRow[]> {
  const { query = "" } = panel.targets?.[0] ?? {};
  const filled = { ...rangeOf(panel), interval: step.text, device, timeZone: zone.name };
  const rows = await server.query(filledQuery(query, filled));
  const made = panel.transformations ?? [];
  return made.length === 0
    ? rows
    : transformed(
        rows.map(({ time, ...row }) => ({ ...row, Time: time ?? null })),
        made,
        zone.name,
      );
}

describe("what the dashboards show of a simulated month in a real InfluxDB 1", () => {
  it("is held panel by panel, none left out", () => {
    const expected = Object.entries(expectations).flatMap(([uid, checks]) =>
      Object.keys(checks).map((title) => `${uid}: ${title}`),
    );
    expect(shownPanels.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  });

  it.each(shownPanels)("is what the report and the archive say in $name", async ({ uid, panel }) => {
    expectations[uid]?.[panel.title]?.(await shown(panel), month);
  });

  it.each(fileDashboards[0]?.annotations.list ?? [])(
    "marks $name where the archive has them",
    async ({ name, target }) => {
      const filled = { from: startAt, to: endAt - 1, interval: step.text, device: pump, timeZone: zone.name };
      const rows = await server.query(filledQuery(target.query, filled));
      const kinds: readonly Transition["kind"][] = annotated[name] ?? [];
      const marked = changesOf(month, kinds).filter(({ kind, to }) => kind !== "defrost" || to === "on");
      expectChanges(rows, marked, ({ kind, to }) => ({ title: kind, text: to }));
    },
  );
});

const annotated: Readonly<Record<string, readonly Transition["kind"][]>> = {
  Faults: ["fault"],
  "Offline and back": ["online"],
  "Room feed": ["room_feed"],
  Defrosts: ["defrost"],
};
