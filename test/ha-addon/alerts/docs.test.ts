import { readFileSync } from "node:fs";
import { ruleIds } from "@heatloop/ha-addon/alerts/alerts";
import { alertsSchema } from "@heatloop/ha-addon/settings/alerts-settings";
import { expect, it } from "vitest";
import { withAlertRows } from "#scripts/making/alert-rows.ts";

const text = readFileSync(new URL("../../../ha-addon/DOCS.md", import.meta.url), "utf8");
const section = text.slice(text.indexOf("## Alerts"), text.indexOf("## The log"));
const rows = section.split("\n").filter((line) => line.startsWith("| `"));

it("the documentation has every kind of alert once, and no other", () => {
  const kinds = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, kind]) => kind));
  expect(kinds.sort()).toEqual([...ruleIds].sort());
});

it("the documentation says of the rules of how a heat pump runs what they say (npm run fields)", () => {
  expect(withAlertRows(text)).toBe(text);
});

it("the documentation has every limit with its default", () => {
  const documented = rows.flatMap((row) => [...(row.split("|")[3] ?? "").matchAll(/`(\w+)` (\S+)/g)]);
  const { off, notify_home_assistant, channels, ...limits } = alertsSchema.parse({});
  expect([off, notify_home_assistant, channels]).toEqual([[], true, []]);
  expect(Object.fromEntries(documented.map(([, name, value]) => [name, Number(value)]))).toEqual(limits);
});
