import type { Operation } from "./operation.ts";

/** Time whose operation is not known: the device or the program was away, or the mode was not told. */
export type Part = Operation | "unknown";

/** One use of a day; heat is what was delivered (cold in cooling, negative in defrost), COP null where it means nothing. */
export type PartEnergy = {
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
  readonly cop: number | null;
  readonly seconds: number;
};

/** The totals of a day by the controller's own meters, told by it on the day after; Wh. */
export type ControllerTotals = {
  readonly heatingHeatWh: number | null;
  readonly heatingElectricityWh: number | null;
  readonly hotWaterHeatWh: number | null;
  readonly hotWaterElectricityWh: number | null;
  readonly coolingHeatWh: number | null;
  readonly coolingElectricityWh: number | null;
};

/** The energy report of one local day. heatWh + coolingWh and electricityWh are the sums of the parts, to the Wh. */
export type DayEnergy = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  /** Seconds of the local day: 82,800, 86,400 or 90,000. */
  readonly seconds: number;
  readonly coveredS: number;
  /** Share of the day that was seen, 0 to 1; of the part that has passed, on a running day. */
  readonly coverage: number;
  readonly complete: boolean;
  readonly heatWh: number | null;
  readonly coolingWh: number | null;
  readonly electricityWh: number | null;
  readonly cop: number | null;
  readonly parts: Readonly<Record<Part, PartEnergy>>;
  readonly starts: number;
  readonly defrosts: number;
  readonly runMinutes: number;
  readonly controller: ControllerTotals | null;
};
