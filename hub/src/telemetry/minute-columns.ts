import { columnOf, type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { isTextPoint } from "@heatloop/core/minute/csv-reader";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints } from "@heatloop/core/minute/minute";

/**
 * How a column of the table `minutes` holds a number: `real` and `double precision` as PostgreSQL does, `count` a whole one,
 * `tenths` seconds on, times ten; the last two in 2 bytes.
 */
export type ColumnKind = "real" | "double" | "count" | "tenths";

/** A column of the table: a figure or a point of the minute log, by the name that it has in the CSV. */
export type MinuteColumn = {
  readonly name: string;
  readonly of: { readonly figure: Figure } | { readonly point: PointId };
  readonly kind: ColumnKind;
};

/** Figures that count; the others are measured. */
const counts: readonly Figure[] = ["starts", "defrosts"];

/** Points whose last value is another one every few minutes. */
const moving: readonly PointId[] = [
  "operating_runtime",
  "daily_electricity",
  "daily_estimated_heat",
  "estimated_cop",
  "room_feedback_zone_1",
  "room_feedback_zone_2",
  "zone_1_flow_setpoint",
  "zone_2_flow_setpoint",
];

/** Switches that are on or off for hours. */
const seldomSwitched: readonly PointId[] = [
  "dhw_forced",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "heat_pump_power",
  "predictive_boost_active",
  "short_cycle_lockout",
  "auto_adaptive",
];

/**
 * Points whose value stays for long: set-points, modes, totals of yesterday, some switches. Minutes that have the same ones share
 * a row of `held_values`, whichever of them comes first.
 */
export const heldPoints: readonly PointId[] = loggedPoints.filter(
  (id) => (pointOf(id).log === "last" && !moving.includes(id)) || seldomSwitched.includes(id),
);

/** The columns of the table `minutes`, in their order. */
export const minuteColumns: readonly MinuteColumn[] = [
  ...figures.map((figure) => ({ name: figure, of: { figure }, kind: kindOfFigure(figure) })),
  ...loggedPoints
    .filter((point) => !heldPoints.includes(point))
    .map((point) => ({ name: columnOf(point), of: { point }, kind: kindOfPoint(point) })),
];

/** The type of a column in PostgreSQL. */
export const sqlTypes: Readonly<Record<ColumnKind, string>> = {
  real: "real",
  double: "double precision",
  count: "smallint",
  tenths: "smallint",
};

function kindOfFigure(figure: Figure): ColumnKind {
  if (figure === "meter_kwh") return "double";
  return counts.includes(figure) ? "count" : "real";
}

function kindOfPoint(point: PointId): ColumnKind {
  if (isTextPoint(point)) throw new Error(`${point} is a text, which minutes share`);
  return pointOf(point).log === "on" ? "tenths" : "real";
}
