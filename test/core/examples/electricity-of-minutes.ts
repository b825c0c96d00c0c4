import { columnOfDay, columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import type { ElectricityByPart } from "@heatloop/core/energy/electricity-by-part";
import { electricityUse } from "@heatloop/core/energy/electricity-use";
import { usualHeaters } from "@heatloop/core/energy/estimated-use";
import type { Minute } from "@heatloop/core/minute/minute";

/** What the counter's steps of minutes of one day were used for, Wh by operation. */
export function electricityByPart(minutes: readonly Minute[], dayStartsAt: number): ElectricityByPart {
  const day = columnsOfMinutes(minutes);
  return electricityUse(day, dayStartsAt, columnOfDay(day, "electricity_wh"), usualHeaters).parts;
}
