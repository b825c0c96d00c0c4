import { operations } from "@heatloop/core/live/operation";
import { minuteMs } from "@heatloop/core/time/durations";
import type { History, HistoryState } from "@heatloop/lovelace-card/home-assistant/history";
import type { Api } from "../api/api.ts";
import { askedColumns, columnOfEntity, idOfEntity } from "./columns.ts";
import { withPowers } from "./power-rows.ts";
import { loadRows, type ReadingsRow, type Span, statesOf } from "./readings.ts";

const operationColumns = operations.map((operation) => `${operation}_s` as const);

/** `history/history_during_period` of Home Assistant, answered from the minute log. Rejects with what the API says. */
export async function historyAnswer(
  api: Api,
  device: string,
  entityIds: readonly string[],
  span: Span,
): Promise<History> {
  const asked = entityIds.flatMap((entityId) => askedOf(entityId) ?? []);
  const columns = [...new Set(asked.flatMap((each) => each.columns))];
  const rows = withPowers(await loadRows(api, device, span, { columns, resolution: "minute" }), minuteMs);
  return Object.fromEntries(asked.map(({ entityId, textOf }) => [entityId, statesOf(rows, minuteMs, textOf)]));
}

type Asked = {
  readonly entityId: string;
  readonly columns: readonly string[];
  readonly textOf: (row: ReadingsRow) => string;
};

function askedOf(entityId: string): Asked | undefined {
  const id = idOfEntity(entityId);
  if (id === "operation") return { entityId, columns: operationColumns, textOf: operationIn };
  if (id === "short_cycle_lockout") {
    const column = "short_cycle_lockout_s";
    return { entityId, columns: [column], textOf: (row) => onFor(row[column]) };
  }
  const column = columnOfEntity(id);
  return column === undefined
    ? undefined
    : { entityId, columns: askedColumns(column), textOf: (row) => String(row[column] ?? "unknown") };
}

/** What it did for most of a minute. */
function operationIn(row: ReadingsRow): string {
  const secondsOf = (operation: (typeof operations)[number]) => Number(row[`${operation}_s`] ?? 0);
  const longest = operations.reduce((one, other) => (secondsOf(other) > secondsOf(one) ? other : one));
  return secondsOf(longest) > 0 ? longest : "unknown";
}

/** On where it was so for most of a minute. */
function onFor(seconds: ReadingsRow[string] | undefined): HistoryState["s"] {
  if (typeof seconds !== "number") return "unknown";
  return seconds >= 30 ? "on" : "off";
}
