import { readFileSync } from "node:fs";
import { columnOf } from "@heatloop/core/catalogue/points";
import { minuteMeasurement, transitionMeasurement } from "@heatloop/core/influx/archive-points";
import { contextPoints, transitionKinds } from "@heatloop/core/live/transition";
import { figures } from "@heatloop/core/minute/figures";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { describe, expect, it } from "vitest";
import { dashboardFiles } from "#scripts/making/grafana.ts";
import { committed, type FileDashboard, type FilePanel, fileDashboards, filledQuery, shownPanels } from "./panels.ts";

const minuteFields: readonly string[] = [...figures, ...loggedPoints.map(columnOf)];
const changeFields: readonly string[] = ["from", "to", "duration_s", "changed", ...contextPoints.map(columnOf)];
const tags: readonly string[] = ["device", "what", "zone"];

/** Every query of a dashboard: of its panels, its annotations and its variables. */
function queriesOf({ panels, annotations, templating }: FileDashboard): string[] {
  return [
    ...panels.flatMap(({ targets = [] }) => targets.map(({ query }) => query)),
    ...annotations.list.map(({ target }) => target.query),
    ...templating.list.filter(({ type }) => type === "query").map(({ query }) => query),
  ];
}

describe.each(fileDashboards)("$title", (dashboard) => {
  const { uid, panels } = dashboard;

  it("is what its functions make (npm run grafana)", () => {
    expect(committed.get(`${uid}.json`)).toBe(dashboardFiles().get(`${uid}.json`));
  });

  it("has each panel once, with a title, a sentence about it, a unit, and the data source of the provisioning", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(Math.min(...panels.map(({ id }) => id))).toBe(1);
    const shown = panels.filter(({ type }) => type !== "row");
    expect(new Set(shown.map(({ title }) => title)).size).toBe(shown.length);
    for (const { title, description, fieldConfig, datasource, targets = [] } of shown) {
      expect(description, title).toMatch(/^[A-Z].*\.$/);
      expect(fieldConfig?.defaults.unit, title).toBeTypeOf("string");
      expect(targets).toHaveLength(1);
      for (const each of [datasource, targets[0]?.datasource])
        expect(each).toEqual({ type: "influxdb", uid: "heatloop" });
      expect(targets[0], title).toMatchObject({ rawQuery: true });
    }
  });

  it("has its panels side by side, within 24 columns, none over another", () => {
    for (const [i, panel] of panels.entries()) {
      const { x, w } = panel.gridPos;
      expect(x >= 0 && w > 0 && x + w <= 24, panel.title).toBe(true);
      for (const other of panels.slice(i + 1))
        expect(overlap(panel, other), `${panel.title}, ${other.title}`).toBe(false);
    }
  });

  it("asks for measurements, fields and tags that there are, and for states that there are", () => {
    for (const query of queriesOf(dashboard)) {
      const names = [...query.matchAll(/FROM "(\w+)"/g)].map(([, name]) => name);
      expect(names.length, query).toBeGreaterThan(0);
      for (const name of names) expect([minuteMeasurement, transitionMeasurement]).toContain(name);
      const fields = names[0] === minuteMeasurement ? minuteFields : changeFields;
      const own = [...query.matchAll(/AS "([^"]+)"/g)].map(([, name]) => name as string);
      const asked = [...query.replaceAll(/AS "[^"]+"|FROM "\w+"|"\$\{\w+:raw\}"/g, "").matchAll(/"([^"]+)"/g)];
      for (const [, name] of asked) {
        const known = [...fields, ...tags, ...own];
        expect(known, query).toContain(name);
      }
      for (const [, kind] of query.matchAll(/"what" = '(\w+)'/g)) expect(transitionKinds).toContain(kind);
    }
  });

  it("asks for one device in its range, takes no value from elsewhere, and says the time zone in each SELECT of days", () => {
    for (const { panel } of shownPanels.filter((each) => each.uid === uid)) {
      const query = panel.targets?.[0]?.query ?? "";
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own substitution
      expect(query).toContain('"device" =~ /^${device:regex}$/ AND $timeFilter');
      // Each SELECT has its range, the outermost first of all: without it InfluxDB reads all there is.
      expect(query.split("$timeFilter")).toHaveLength(query.split("SELECT").length);
      expect(query).not.toMatch(/fill\((previous|linear|\d*[1-9])/);
      // Zeros stand only where what is missing is counted.
      if (query.includes("fill(0)")) expect(query).toMatch(/missing_s|all_s/);
      for (const [, after] of query.matchAll(/time\(1d\)(.{40})/g)) {
        expect(after).toMatch(/^ fill\((none|0)\) tz\('\$\{__timezone}'\)/);
      }
      const range = { from: 1, to: 2, interval: "1m", device: "a", timeZone: "Europe/Rome" };
      expect(filledQuery(query, range)).not.toMatch(/\$(?!\/)/);
    }
  });

  it("has the variables, the links to the others and the annotations that all have, and days of the reader's Grafana", () => {
    const { templating, links, annotations, tags: marks, timezone } = dashboard;
    expect(templating.list.map(({ name }) => name)).toEqual(["device", "electricity", "correction_factor"]);
    expect(links).toMatchObject([{ type: "dashboards", tags: marks, includeVars: true }]);
    for (const each of [...links, ...annotations.list]) expect(each).not.toHaveProperty("placement");
    expect(annotations.list.map(({ name }) => name)).toEqual(["Faults", "Offline and back", "Room feed", "Defrosts"]);
    for (const { datasource } of annotations.list) expect(datasource.uid).toBe("heatloop");
    expect(timezone).toBe("");
    expect(dashboard.time.from).toMatch(/\/d$/);
  });
});

it("the page about Grafana names every dashboard, panel, variable and mark", () => {
  const page = readFileSync(new URL("../../docs/grafana.md", import.meta.url), "utf8");
  for (const { title, templating, annotations } of fileDashboards) {
    expect(page).toContain(`*${title}*`);
    for (const { label } of templating.list) expect(page).toContain(`| ${label} |`);
    for (const { name } of annotations.list) expect(page).toContain(`*${name}*`);
  }
  for (const { panel } of shownPanels) expect(page).toContain(`*${panel.title}*`);
});

it("each dashboard has a uid of its own", () => {
  expect(new Set(fileDashboards.map(({ uid }) => uid)).size).toBe(5);
});

function overlap({ gridPos: a }: FilePanel, { gridPos: b }: FilePanel): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
