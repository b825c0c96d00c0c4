import { dateAfter, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { ReportJson } from "@heatloop/ha-addon/report/json/json";
import { systemClock } from "@heatloop/program/clock";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standInForSupervisor } from "#scripts/supervisor-stand-in.ts";
import { openBrowser } from "#test/support/browser.ts";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type EnergyView, energyView } from "./figures/energy-view.ts";
import { disagreements, type ExactFigures, type FigureName, type Figures, figureNames } from "./figures/figure.ts";
import { writePastDays } from "./figures/past-days.ts";
import { openFrontend } from "./frontend-page.ts";
import { startWholeHouse, type WholeHouse } from "./whole-house.ts";

const zone = zoneOf("Europe/Amsterdam") as Zone;
const home = { prefix: "ecodan-heatpump", language: "en", zones: 1, rooms: 1 } as const;
const today = zone.dateOf(systemClock().now());
const yesterday = dateAfter(today, -1);
const lastMonthEnd = dateAfter(`${today.slice(0, 7)}-01`, -1);
const lastMonthStart = `${lastMonthEnd.slice(0, 7)}-01`;

type Period = { readonly from: string; readonly to: string };
const periods = {
  "of yesterday": { from: yesterday, to: yesterday },
  "of last month": { from: lastMonthStart, to: lastMonthEnd },
} as const satisfies Record<string, Period>;
type PeriodName = keyof typeof periods;
const thisMonth = { from: `${today.slice(0, 7)}-01`, to: today };

type Choice = Parameters<EnergyView["choose"]>;

/** Steps back in the energy view, and the row of the table of the next larger unit that is about the same time. */
const inView: Readonly<Record<PeriodName, { readonly whole: Choice; readonly table: Choice; readonly row: string }>> = {
  "of yesterday": {
    whole: ["Day", 1],
    table: ["Month", yesterday < `${today.slice(0, 7)}-01` ? 1 : 0],
    row: dateName(yesterday, { month: "short", day: "numeric" }),
  },
  "of last month": {
    whole: ["Month", 1],
    table: ["Year", lastMonthEnd.slice(0, 4) === today.slice(0, 4) ? 0 : 1],
    row: dateName(lastMonthEnd, { month: "long" }),
  },
};

function dateName(date: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en", { ...format, timeZone: "UTC" }).format(new Date(date));
}

const sums = ["electricity", "heat", "cop"] as const satisfies FigureName[];
const uses = figureNames.filter((name) => name.includes("_"));

describe.skipIf(!hasHomeAssistant())("one figure is the same in every place", () => {
  let house: WholeHouse;
  let browser: Browser;
  const views = new Map<string, EnergyView>();
  let page: Page;

  beforeAll(async () => {
    [house, browser] = await Promise.all([
      startWholeHouse([home], {
        configuration: { timeZone: zone.name },
        fillArchive: (archive) =>
          writePastDays(archive, { device: home.prefix, zone, from: lastMonthStart, to: yesterday }),
      }),
      openBrowser(),
    ]);
    const { homeAssistant, program } = house;
    await program.changeSettings({
      time_zone: zone.name,
      card: { install: true },
      tariff: { currency: "EUR", price_per_kwh: 0.31 },
      statistics: { import: true },
    });
    await waitFor(
      async () => (await homeAssistant.command<unknown[]>({ type: "lovelace/resources" })).length === 1,
      "the program installs the card",
    );
    await homeAssistant.command({ type: "lovelace/dashboards/create", url_path: "test-house", title: "House" });
    await homeAssistant.command({
      type: "lovelace/config/save",
      url_path: "test-house",
      config: { views: [{ cards: [{ type: "custom:heatloop-card", views: ["energy"] }] }] },
    });
    const options = { locale: "en", timezoneId: zone.name };
    const withApp = await openFrontend(browser, homeAssistant, options);
    await standInForSupervisor(withApp.page.context(), program.url());
    const alone = await openFrontend(browser, homeAssistant, options);
    for (const [name, frontend] of Object.entries({ "the card with the app": withApp, "the card alone": alone })) {
      await frontend.open("/test-house/0");
      views.set(name, energyView(frontend.cards()));
    }
    const ofProgram = await browser.newPage({ ...options, viewport: { width: 1400, height: 950 } });
    await ofProgram.goto(`${program.url()}/#/energy`);
    views.set("the page", energyView(ofProgram.locator("body")));
    page = await browser.newPage(options);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const reportUrl = ({ from, to }: Period, ending = "") =>
    `/api/devices/${home.prefix}/report${ending}?from=${from}&to=${to}`;

  async function exactly(period: Period): Promise<ExactFigures> {
    const { total, cost } = await house.program.get<ReportJson>(reportUrl(period, ".json"));
    const kwh = (wh: number | null | undefined) => (wh ?? Number.NaN) / 1000;
    const { heating, hot_water } = total.parts;
    return {
      electricity: kwh(total.electricity_wh),
      heat: kwh(total.heat_wh),
      cop: total.cop ?? Number.NaN,
      cost: cost?.known_total_cost ?? Number.NaN,
      electricity_heating: kwh(heating?.electricity_wh),
      electricity_hot_water: kwh(hot_water?.electricity_wh),
      heat_heating: kwh(heating?.heat_wh),
      heat_hot_water: kwh(hot_water?.heat_wh),
    };
  }

  /** Waits until a place shows the exact figures. */
  async function expectToAgree(
    period: Period,
    shown: () => Promise<Figures>,
    wanted: readonly FigureName[],
  ): Promise<void> {
    const off = async () => disagreements(await exactly(period), await shown(), wanted);
    await waitFor(async () => (await off()).length === 0, "the place agrees", 40_000, 200).catch(async () => {
      expect(await off()).toEqual([]);
    });
  }

  const places = ["the card with the app", "the card alone", "the page"] as const;
  const names = Object.keys(periods) as PeriodName[];

  test.each(names)("%s, all figures are known", async (name) => {
    const exact = await exactly(periods[name]);
    for (const figure of figureNames) expect(exact[figure], figure).toBeGreaterThan(0);
  });

  test.each(places.flatMap((place) => names.map((name) => [place, name] as const)))(
    "%s has the figures %s, above the chart and in its table",
    async (place, name) => {
      const view = views.get(place) as EnergyView;
      const { whole, table, row } = inView[name];
      const cost: FigureName[] = place === "the card alone" ? [] : ["cost"];
      await view.choose(...whole);
      await expectToAgree(periods[name], view.whole, [...sums, ...cost]);
      await view.choose(...table);
      await expectToAgree(periods[name], () => view.row(row), [...sums, ...uses, ...cost]);
    },
    120_000,
  );

  test.each(names)("the report has the figures %s", async (name) => {
    await page.goto(house.program.url() + reportUrl(periods[name]));
    const terms = await page.locator("dl.figures dt").allInnerTexts();
    const values = await page.locator("dl.figures dt + dd").allInnerTexts();
    const cells = async (use: string) =>
      page
        .getByRole("row")
        .filter({ has: page.getByRole("rowheader", { name: use, exact: true }) })
        .first()
        .locator("td")
        .allInnerTexts();
    const [heating, hotWater] = [await cells("Heating"), await cells("Hot water")];
    const shown: Figures = {
      electricity: values[terms.indexOf("Electricity")],
      heat: values[terms.indexOf("Heat")],
      cop: values[terms.indexOf("COP")],
      cost: values[terms.indexOf("Total cost")],
      heat_heating: heating[0],
      electricity_heating: heating[1],
      heat_hot_water: hotWater[0],
      electricity_hot_water: hotWater[1],
    } as Figures;
    expect(disagreements(await exactly(periods[name]), shown, figureNames)).toEqual([]);
  });

  test.each(names)(
    "Home Assistant's statistics have the figures %s",
    async (name) => {
      const { from, to } = periods[name];
      const ids = ["electricity", "heat", "cop_heat", "cop_electricity", ...uses];
      type Rows = Readonly<Record<string, readonly { readonly change?: number }[]>>;
      const shown = async (): Promise<Figures> => {
        const rows = await house.homeAssistant.command<Rows>({
          type: "recorder/statistics_during_period",
          start_time: new Date(zone.startOf(from)).toISOString(),
          end_time: new Date(zone.endOf(to)).toISOString(),
          statistic_ids: ids.map((id) => `heatloop:ecodan_heatpump_${id}`),
          period: "hour",
          types: ["change"],
        });
        const kwh = (id: string) =>
          (rows[`heatloop:ecodan_heatpump_${id}`] ?? []).reduce((sum, { change = 0 }) => sum + change, 0);
        const texts = ["electricity", "heat", ...uses].map((id) => [id, kwh(id).toFixed(3)]);
        return { ...Object.fromEntries(texts), cop: (kwh("cop_heat") / kwh("cop_electricity")).toFixed(2) };
      };
      await expectToAgree(periods[name], shown, [...sums, ...uses]);
    },
    60_000,
  );

  test("the entities have the figures of yesterday, and of this month so far", async () => {
    const cost = async (id: string) => ({ cost: (await house.own(home, id))?.state }) as Figures;
    await expectToAgree(periods["of yesterday"], () => cost("yesterday_cost"), ["cost"]);
    const ofYesterday = async (): Promise<Figures> => {
      const shown = (await house.own(home, "yesterday_short_runs"))?.attributes ?? {};
      const uses = shown.electricity_by_use_kwh as Record<string, number> | undefined;
      return Object.fromEntries(
        Object.entries({
          electricity: shown.electricity_kwh,
          heat: shown.heat_kwh,
          cop: shown.cop,
          electricity_heating: uses?.heating,
          electricity_hot_water: uses?.hot_water,
        }).map(([name, value]) => [name, String(value)]),
      );
    };
    await expectToAgree(periods["of yesterday"], ofYesterday, [
      ...sums,
      "electricity_heating",
      "electricity_hot_water",
    ]);
    const ofMonth = async (name: string) => (await house.own(home, `month_${name}`))?.state ?? "";
    // The day goes on, and the month is published once an hour, and when a setting changes.
    let language = "";
    const shown = async () => {
      language = language === "" ? "en" : "";
      await house.program.changeSettings({ report: { language } });
      return { electricity: await ofMonth("electricity"), cop: await ofMonth("cop") };
    };
    await expectToAgree(thisMonth, shown, ["electricity", "cop"]);
    const costNow = (await exactly(thisMonth)).cost;
    const costBefore = today.endsWith("-01") ? 0 : (await exactly({ from: thisMonth.from, to: yesterday })).cost;
    if (Number.isNaN(costNow)) {
      // In the first minutes of a month nothing has a price yet.
      expect(await ofMonth("cost")).toBe("unknown");
      return;
    }
    expect(Number(await ofMonth("cost"))).toBeGreaterThanOrEqual(costBefore);
    expect(Number(await ofMonth("cost"))).toBeLessThanOrEqual(costNow);
  }, 120_000);
});
