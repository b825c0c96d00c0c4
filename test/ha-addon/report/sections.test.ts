import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import type { Bill } from "@heatloop/core/cost/bill";
import { costReport } from "@heatloop/core/cost/cost-report";
import type { Report } from "@heatloop/core/report";
import { fill } from "@heatloop/core/text/fill-text";
import { reportHtml } from "@heatloop/ha-addon/report/html/html";
import { reportMoney } from "@heatloop/ha-addon/report/money";
import { reportNumbers } from "@heatloop/ha-addon/report/numbers";
import { reportTexts } from "@heatloop/ha-addon/report/texts/texts";
import { describe, expect, it } from "vitest";
import { exampleEvents } from "#test/support/examples/events.ts";
import { exampleHouse } from "#test/support/examples/house.ts";
import { exampleBill, exampleCosts, exampleReport } from "#test/support/examples/report.ts";

const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ");
const english = (report: Report) => plain(reportHtml(report, { name: "Ecodan", language: "en" }));

/** The text of the section under a heading, one line a piece; undefined where there is no such section. */
function sectionOf(html: string, heading: string): string | undefined {
  const sections = html.match(/<section[^>]*>.*?<\/section>/gs) ?? [];
  return sections
    .find((section) => section.includes(`<h2>${heading}</h2>`))
    ?.replace(/<title>.*?<\/title>/g, "")
    .replace(/\s*(<[^>]*>\s*)+/g, "\n");
}

function costOf(of: Partial<Bill> = {}, currency = "EUR"): Report {
  return exampleReport({ cost: costReport({ ...exampleBill(), ...of }, { ...exampleCosts, currency }) });
}

describe("the sections of a report", () => {
  it.each(reportLanguages)("in %s are all there, in an owner's order, with nothing left open", (language) => {
    const html = reportHtml(exampleReport(), { name: "Ecodan", language });
    const texts = reportTexts(language);
    const { cost, performance, cycles, defrosting, house, changes, findings, estimate, meters } = texts;
    const expected = [cost, performance, cycles, defrosting, house, changes, findings, estimate, meters];
    const headings = [...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, text]) => text?.replaceAll("&#39;", "'"));
    expect(headings.filter((heading) => expected.includes(heading ?? ""))).toEqual(expected);
    expect(html).not.toMatch(/[{}]\w*<|\{\w+\}(?![^<]*<\/style>)|undefined|NaN|null|\[object/);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\((?!#)|@import|\bstyle=|\bon\w+=/i);
  });

  it("are not there, nor their headings, where nothing is known", () => {
    const html = english(exampleReport({ cost: null, events: null, house: null }));
    const { cost, performance, cycles, defrosting, house, changes, findings, meters } = reportTexts("en");
    for (const heading of [cost, performance, cycles, defrosting, house, changes, findings, meters]) {
      expect(html).not.toContain(`>${heading}<`);
    }
  });

  it("are not there where nothing of the kind happened", () => {
    const { defrosts, performance, cycles } = exampleEvents();
    const events = exampleEvents({
      defrosts: { ...defrosts, sum: { ...defrosts.sum, count: 0 }, list: [] },
      performance: { ...performance, heating: performance.cooling },
      cycles: { ...cycles, starts: 0, runs: 0, shortRuns: 0, main: null, problem: null, advice: null },
      settingChanges: [],
      curveChanges: [],
      findings: [],
    });
    const html = english(exampleReport({ events, house: exampleHouse({ meters: [] }) }));
    const texts = reportTexts("en");
    for (const heading of [texts.performance, texts.defrosting, texts.changes, texts.findings, texts.meters]) {
      expect(html).not.toContain(`>${heading}<`);
    }
    expect(sectionOf(html, texts.cycles)).toContain("No run of the compressor.");
  });
});

describe("the charts", () => {
  const hours = [0, 1, 3].map((hour) => ({
    at: Date.parse("2026-01-02T06:00:00Z") + hour * 3_600_000,
    heatWh: { heating: 2400, hot_water: 0, cooling: 0, defrost: -200, standby: 0 },
    electricityWh: { heating: 800, hot_water: 0, cooling: 0, defrost: 50, standby: 0, unknown: 0 },
    copBasis: { heatWh: 2200, electricityWh: 850 },
  }));
  const barsOf = (html: string) => [...html.matchAll(/<g><title>(.*?)<\/title>/g)].map(([, title]) => title);

  it("are of the days of a report of several", () => {
    const html = english(exampleReport({ hours }));
    expect(html).toContain("<h2>Heat per day <small>kWh</small></h2>");
    expect(html).not.toContain("per hour");
  });

  it("are of the hours of a report of one day, those between of which nothing is known too", () => {
    const [day] = exampleReport().periods;
    const html = english(exampleReport({ hours, periods: day === undefined ? [] : [day] }));
    expect(html).toContain("<h2>Electricity per hour <small>kWh</small></h2>");
    expect(barsOf(html).slice(0, 4)).toEqual([
      "07:00 – 08:00: Heating 2.4 kWh, Defrost -0.2 kWh",
      "08:00 – 09:00: Heating 2.4 kWh, Defrost -0.2 kWh",
      "09:00 – 10:00: –",
      "10:00 – 11:00: Heating 2.4 kWh, Defrost -0.2 kWh",
    ]);
    expect(html).toContain("<title>10:00 – 11:00: 2.59</title>");
  });

  it("are none of one day whose hours are not there", () => {
    const [day] = exampleReport().periods;
    expect(english(exampleReport({ periods: day === undefined ? [] : [day] }))).not.toContain("<h2>Heat per");
  });
});

describe("the cost", () => {
  it("is shown as a whole, by use, by tariff window and against other heating", () => {
    const section = sectionOf(english(exampleReport()), "Cost");
    expect(section).toContain("\nTotal cost\n€1,235.77\n");
    expect(section).toContain("\nHeating\n3,000.0\n€1,234.57\n100.0%\n");
    expect(section).toContain("\n&lt;night&gt;\n1,500.0\n€0.3000\n€450.00\n4.00\n");
    expect(section).toContain("\nRest of the time\n1,500.0\n€0.5230\n€784.57\n4.00\n");
    expect(section).toContain("\nGas boiler\n€1,466.67\n€232.10\n13,333.3\n2,693.3\n");
    expect(section).not.toContain("Oil boiler");
    expect(section).toContain("36.9 kWh came from your PV and count as €3.69.");
    expect(section).toContain("For 12.0 kWh the surplus of your PV was not known; they count as bought.");
  });

  it("has a column beside the figures of each day, where a price is known", () => {
    const figures = sectionOf(english(exampleReport()), "Figures per day");
    expect(figures).toContain("\nFri 2 Jan\n58.8\n18.7\n€411.53\n");
    expect(sectionOf(english(exampleReport({ cost: null })), "Figures per day")).not.toContain("Cost");
  });

  it.each([
    ["en", "€1,235.77", "€0.4115"],
    ["de", "1.235,77 €", "0,4115 €"],
    ["it", "1.235,77 €", "0,4115 €"],
    ["fr", "1 235,77 €", "0,4115 €"],
    ["nl", "€ 1.235,77", "€ 0,4115"],
    ["pl", "1 235,77 €", "0,4115 €"],
  ] as const)("in %s is written as its readers write money", (language, total, price) => {
    const html = plain(reportHtml(exampleReport(), { name: "Ecodan", language }));
    expect(html).toContain(`<dd>${total}</dd>`);
    expect(html).toContain(`<dd>${price}</dd>`);
  });

  it.each([
    ["EUR", "€411.52"],
    ["JPY", "¥412"],
    ["CHF", "CHF 411.52"],
    ["", "411.52"],
  ])("in the currency %j is %s", (currency, total) => {
    expect(sectionOf(english(costOf({}, currency)), "Cost")).toContain(`\nCost of electricity\n${total}\n`);
  });

  it("of which a part is not known is named the known part, and so is its total", () => {
    const total = { electricityWh: 1e6, pricedWh: 931_000, cost: 380 };
    const section = sectionOf(english(costOf({ total, unknownDays: 2, days: 41 })), "Cost");
    expect(section).toContain("\nCost, known part\n€380.00\n");
    expect(section).toContain("\nTotal cost, known part\n€380.40\n");
    expect(section).toContain("The price of 93.1% of the electricity is known");
    expect(section).toContain("On 2 of 41 days the electricity is not known, or only in part.");
  });

  it("of which nothing is known is a sentence only", () => {
    const section = sectionOf(english(costOf({ total: { electricityWh: 1e6, pricedWh: 0, cost: 0 } })), "Cost");
    expect(section?.trim().split("\n")).toEqual(["Cost", "No price is known for the electricity of this time."]);
  });
});

describe("the cycles", () => {
  const cyclesOf = (report: Report) => sectionOf(english(report), reportTexts("en").cycles) ?? "";

  it("begin with one sentence, then causes and days", () => {
    const section = cyclesOf(exampleReport());
    expect(section).toContain("\n6 of 6 short runs: minimum output above the house&#39;s need at &gt; 9 °C outside.\n");
    expect(section).toContain("\nShort runs\n6\n(66.7%)\n");
    expect(section).toContain(
      "\nMinimum output above the house&#39;s need\n6\n66.7%\n8\n6\nRoom thermostat satisfied\n3\n33.3%\n90\n0\n",
    );
    expect(section).toContain("\nFri 2 Jan\n3\n35\n2\n2 of 2 short runs: minimum output");
  });

  it.each([
    [1, "Starts\n9"],
    [3, "Starts per day\n3.0"],
  ])("of %i days have their starts shown as %j", (days, starts) => {
    expect(cyclesOf(exampleReport({ events: exampleEvents({ days }) }))).toContain(`\n${starts}\n`);
  });

  it.each([
    [1, false],
    [31, true],
    [32, false],
  ])("of %i days have a list of days: %s", (days, isListed) => {
    const events = exampleEvents({ days });
    expect(cyclesOf(exampleReport({ events })).includes("Day by day")).toBe(isListed);
  });
});

describe("the defrosts", () => {
  it.each([
    [20, true],
    [21, false],
  ])("of %i are listed one by one: %s", (count, isListed) => {
    const { defrosts } = exampleEvents();
    const list = Array.from({ length: count }, () => defrosts.list[0] as (typeof defrosts.list)[number]);
    const events = exampleEvents({ defrosts: { ...defrosts, list } });
    const section = sectionOf(english(exampleReport({ events })), "Defrosting") ?? "";
    expect(section).toContain("\nCOP of heating, as measured\n3.04\nCOP without recovery\n3.14\n");
    expect(section).toContain("\nHeat taken back\n0.2\nkWh\n0.6% of the heat\n");
    expect(section.includes("\n2 Jan 2026, 04:10\n4.0 min\n0.19\n0.07\n3.0 °C\nHeating\n1.8 min\n")).toBe(isListed);
  });
});

describe("how good it runs", () => {
  it("shows Carnot, temperatures and COPs, and leaves out temperatures that are not known", () => {
    const section = sectionOf(english(exampleReport()), "How well it runs") ?? "";
    expect(section).toContain("\n43.2%\n41.8%\n32.4 °C\n4.5 °C\n4.2 K\n");
    expect(section).toContain("\n-4 … -2 °C\n3.10\n40.0\n2 … 4 °C\n4.00\n40.0\n");
  });
});

describe("figures", () => {
  it.each([...reportLanguages])("in %s group thousands alike, however many there are", (language) => {
    const numbers = reportNumbers(language);
    const money = reportMoney(language, "EUR");
    const groupOf = (text: string) => /1(\D+)234/.exec(text)?.[1];
    const written = [numbers.kwh(1_234_000), numbers.count(1234), numbers.axis(1234), money.amount(1234)];
    expect(written.map(groupOf)).toEqual(written.map(() => /12(\D+)345/.exec(numbers.count(12_345))?.[1]));
    expect(groupOf(written[0] ?? "")).toBeDefined();
  });
});

describe("the COPs by temperature", () => {
  it("leave out temperatures that made less than 2 % of the heat of a use, and say so", () => {
    const events = exampleEvents();
    const { heating } = events.performance;
    const rare = { fromC: -14, toC: -12, heatWh: 1500, electricityWh: 1000, seconds: 600, cop: 1.5 };
    const enough = { fromC: -6, toC: -4, heatWh: 3000, electricityWh: 1000, seconds: 600, cop: 3 };
    const performance = {
      ...events.performance,
      heating: { ...heating, byOutdoor: [rare, enough, ...heating.byOutdoor] },
    };
    const section = sectionOf(english(exampleReport({ events: { ...events, performance } })), "How well it runs") ?? "";
    expect(section).toContain("\n-6 … -4 °C\n3.00\n3.0\n");
    expect(section).not.toContain("-14 …");
    expect(section).toContain("less than 2.0% of the heat of a use was made are left out");
  });
});

describe("the house", () => {
  const houseOf = (report: Report) => sectionOf(english(report), "The house") ?? "";

  it("is shown in plain numbers, and a guess as a guess", () => {
    const section = houseOf(exampleReport());
    expect(section).toContain("\nHeat loss\n141\nW/K\nBase temperature\n17.2 °C\nHeat needed at -8 °C\n≈ 3.6\nkW\n");
    expect(section).toContain("Learned from 40 days of -2.8 °C to 13.3 °C outdoors");
    expect(section).toContain("The heat needed at -8 °C is a guess: no day was that cold; the coldest had -2.8 °C.");
    expect(section).toContain("49.2 kWh expected for heating, 46.5 kWh in fact (-5.5%). Less than expected");
    expect(section).toContain("Measured: 27.9% of the days so far; 51.2% of the season has passed.");
    expect(section).toContain("\nDegree days 20/15\n48\nK d\nDegree days < 17.2 °C\n39\nK d\n".replace("<", "&lt;"));
    expect(section).toContain("\nSPF of the season\n3.92\nH2\nSPF with immersion heater\n3.69\nH4\n");
    expect(section).not.toContain("SCOP");
  });

  it.each(["too_few_days", "too_little_cold", "no_relation"] as const)("shows why it is not known: %s", (why) => {
    const house = exampleHouse({ model: { house: null, why }, design: null, lastDay: null, hotWater: null });
    const section = houseOf(exampleReport({ house }));
    expect(section).toContain(reportTexts("en")[why].replaceAll("'", "&#39;"));
    expect(section).not.toContain("W/K");
  });
});

describe("the meters", () => {
  it.each([
    ["flow", 1.05, { factor: 1.05 }, "5.0% more than Heatloop, on 21 days and always in proportion", "heat × 1.050."],
    ["heat", 0.95, { factor: 0.95 }, "5.0% less than Heatloop", "heat × 0.950."],
    ["temperature", 1.05, { differenceK: 0.3 }, "flow minus return were 0.30 K too small", "return +0.30 K."],
    ["temperature", 0.95, { differenceK: -0.3 }, "flow minus return were 0.30 K too large", "return -0.30 K."],
    ["counter", 0.93, { factor: 0.93 }, "7.0% less than the heat pump&#39;s own counter", "electricity × 0.930."],
  ] as const)("that differ in %s by %d come with a correction to offer", (kind, ratio, correction, what, offer) => {
    const finding = { kind, ratio, correction, low: 0.9, high: 1.1, days: 21, outliers: 0 } as const;
    const section = sectionOf(
      english(exampleReport({ house: exampleHouse({ meters: [finding] }) })),
      "Do the meters agree?",
    );
    expect(section).toContain(what);
    expect(section?.includes("5% more is usual.")).toBe(kind !== "counter");
    expect(section).toContain(`${offer}\n`);
    expect(section).toContain("Nothing is corrected by itself.");
  });
});

describe("what was changed", () => {
  it("is shown with the names of the entities, and with both times where the log has a gap", () => {
    const section = sectionOf(english(exampleReport()), "What was changed") ?? "";
    expect(section).toContain(
      "\n2 Jan 2026, 10:00\nZone 1 operating mode\nHeat Compensation Curve\nHeat Flow Temperature\n",
    );
    expect(section).toMatch(/\n2 Jan 2026, 09:10–11:40\nHot water set-point\n50\.0 °C\n47\.5 °C\n/);
    expect(section).toContain("\n3 Jan 2026, 10:00\nPower\non\noff\n");
    expect(section).toContain("Compensation curve, zone 1");
    expect(section).toContain("\n-2.5 K\n");
  });

  it("has the names of the reader's language", () => {
    const html = reportHtml(exampleReport(), { name: "Ecodan", language: "de" });
    expect(sectionOf(plain(html), "Was verstellt wurde")).toContain("\nWarmwasser-Solltemperatur\n50,0 °C\n47,5 °C\n");
  });
});

describe("what can't be right", () => {
  const findingsOf = (report: Report) => sectionOf(english(report), "What can&#39;t be right") ?? "";

  it("is shown with its time, its minutes and its value", () => {
    const section = findingsOf(exampleReport());
    expect(section).toMatch(/\nFlow rate below the minimum\n1 Jan 2026, 10:00–10:03\n3\n4 L\/min\n/);
    expect(section).toContain("\n2,880\nOutdoor temperature: 7.0 °C\n");
  });

  it("is only counted, by name, where there is much of it", () => {
    const [one] = exampleEvents().findings;
    const findings = one === undefined ? [] : Array.from({ length: 21 }, () => one);
    const section = findingsOf(exampleReport({ events: exampleEvents({ findings }) }));
    expect(section).toContain("\nFlow rate below the minimum\n21\n63\n1 Jan 2026, 10:00\n");
  });
});

describe("names", () => {
  it("of a device and of tariff windows never become markup", () => {
    const html = reportHtml(exampleReport(), { name: `<b onload="x">'&`, language: "en" });
    expect(html).not.toContain("<b ");
    expect(html).not.toContain("<night>");
    expect(fill("{a}", { a: "<b>" })).toBe("<b>");
  });
});
