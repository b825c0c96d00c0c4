import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { pointIds } from "@heatloop/core/catalogue/points";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { reportCsv } from "@heatloop/ha-addon/report/csv";
import { reportJson } from "@heatloop/ha-addon/report/json/json";
import { settingsSchema } from "@heatloop/ha-addon/settings/settings";
import { daysCsv } from "@heatloop/ha-addon/web/days";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldsOf, fieldsPage } from "#scripts/making/report-fields.ts";
import { rome } from "#test/core/examples/example-days.ts";
import { exampleReport } from "#test/support/examples/report.ts";

const page = fieldsPage();
const docs = ["energy", "energy/cost", "energy/reports", "energy/sources", "energy/day-events"] as const;
const textOf = (name: string) => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), "utf8");
const words = (text: string) => text.match(/[a-z0-9]+(?:_[a-z0-9]+)*/g) ?? [];

describe("the page of the JSON's fields", () => {
  it("is fresh", async () => {
    expect(await readFile(new URL("../../docs/energy/fields.md", import.meta.url), "utf8"), "run: npm run fields").toBe(
      page,
    );
  });

  it("has every field of a report", () => {
    const described = new Set(words(page));
    const missing = new Set<string>();
    const look = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value) && !described.has(key)) missing.add(key);
        look(inner);
      }
    };
    look(reportJson(exampleReport(), rome));
    expect([...missing]).toEqual([]);
  });

  it("names fields that are described already by their first path, and describes all others", () => {
    const side = z.object({ heat_wh: z.number().describe("heat"), low: z.number(), high: z.number(), days: z.int() });
    const schema = z.object({
      list: z.array(side.extend({ name: z.string() })),
      total: side.nullable().describe("all of it"),
      kind: z.enum(["a", "b"]),
    });
    expect(fieldsOf(z.toJSONSchema(schema) as Parameters<typeof fieldsOf>[0])).toEqual([
      { path: "total", kind: "object or null", meaning: "all of it" },
      { path: "total.heat_wh", kind: "Wh", meaning: "heat" },
      { path: "total.low", kind: "number", meaning: "" },
      { path: "total.high", kind: "number", meaning: "" },
      { path: "total.days", kind: "whole number", meaning: "" },
      { path: "kind", kind: "`a` `b`", meaning: "" },
      { path: "list", kind: "list", meaning: "fields as `total`" },
      { path: "list[].name", kind: "text", meaning: "" },
    ]);
  });
});

describe("the pages about energy", () => {
  const settings = JSON.stringify(z.toJSONSchema(settingsSchema, { io: "input", unrepresentable: "any" }));
  const known = new Set([
    ...words(page),
    ...words(settings),
    ...words(minutesHeader),
    ...words(reportCsv(exampleReport())),
    ...words(daysCsv([], rome)),
    ...pointIds,
    // Names in other programs' price lists.
    ...["price_per_mwh", "raw_today", "raw_tomorrow", "value_inc_vat", "start_time", "end_time"],
    ...["price_ct_per_kwh", "price_eur_per_mwh", "start_timestamp", "end_timestamp", "electricity_price"],
    ...["today_interval_prices", "tomorrow_interval_prices", "price_00h", "price_23h", "price_next_day_00h"],
  ]);

  it.each(docs)("%s names only fields, settings and columns that there are", (name) => {
    const named = [...textOf(name).matchAll(/`([^`\n]+)`/g)].flatMap(([, text = ""]) => words(text));
    expect(named.filter((word) => word.includes("_") && !known.has(word))).toEqual([]);
  });

  it.each(docs)("%s names no field in a spelling of the code", (name) => {
    const spelled = textOf(name).match(/`[a-z][a-z.]*[a-z][A-Z][A-Za-z.]*`/g) ?? [];
    // Functions that are named, and Tibber's own key.
    expect(
      spelled.filter((word) => !["`startsAt`", "`dayEvents`", "`joinEvents`", "`dayFormula`"].includes(word)),
    ).toEqual([]);
  });
});
