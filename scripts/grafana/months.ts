import type { Transformation } from "./panels.ts";

/** Days by the name of their month, summed up; columns get the names that they are shown under. */
export function byMonth(
  columns: Readonly<Record<string, string>>,
  more: readonly Transformation[] = [],
): Transformation[] {
  const summed = Object.keys(columns).map((name) => [name, { operation: "aggregate", aggregations: ["sum"] }]);
  return [
    { id: "formatTime", options: { timeField: "Time", outputFormat: "YYYY-MM", useTimezone: true } },
    {
      id: "groupBy",
      options: { fields: { Time: { operation: "groupby", aggregations: [] }, ...Object.fromEntries(summed) } },
    },
    ...more,
    {
      id: "organize",
      options: {
        excludeByName: {},
        indexByName: {},
        renameByName: {
          Time: "Month",
          ...Object.fromEntries(Object.entries(columns).map(([name, shown]) => [`${name} (sum)`, shown])),
        },
      },
    },
  ];
}

/** The COP of a month, of the sums of both sides. */
export const copOfMonth = copOf("heat (sum)", "electricity (sum)");

/** The COP of all rows, of the sums of both sides; one row is left. */
export const copOfRange: readonly Transformation[] = [
  { id: "reduce", options: { mode: "reduceFields", reducers: ["sum"], includeTimeField: false } },
  copOf("heat", "electricity"),
];

function copOf(left: string, right: string): Transformation {
  return {
    id: "calculateField",
    options: { mode: "binary", alias: "COP", binary: { left, operator: "/", right }, replaceFields: false },
  };
}
