import type { RunningRule } from "@heatloop/ha-addon/alerts/rules/running-rule";
import { runningRules } from "@heatloop/ha-addon/alerts/rules/running-rules";
import { alertsSchema } from "@heatloop/ha-addon/settings/alerts-settings";

const defaults = alertsSchema.parse({});

function rowOf({ id, when, limit }: RunningRule): string {
  return `| \`${id}\` | ${when} | ${limit === undefined ? "" : `\`${limit}\` ${defaults[limit]} `}|`;
}

/** The app's documentation with a row of its table of alerts for each rule of how a heat pump runs, as the rule has it. */
export function withAlertRows(page: string): string {
  const rows = runningRules.map(rowOf);
  const lines = page.split("\n");
  const isRow = (line: string) => runningRules.some(({ id }) => line.startsWith(`| \`${id}\` |`));
  const first = lines.findIndex(isRow);
  return [...lines.slice(0, first), ...rows, ...lines.slice(first).filter((line) => !isRow(line))].join("\n");
}
