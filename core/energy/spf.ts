import { type Boundary, narrowest } from "./boundary.ts";
import { cop } from "./cop.ts";
import type { DayEnergy } from "./day-energy.ts";

/** Heat (without cold) over the electricity of the same time, both seen, Wh; null where that means nothing. */
export type Spf = { readonly spf: number | null; readonly heatWh: number; readonly electricityWh: number };

/** The same with the immersion heater on both sides, its heat being its electricity, estimated by its rated power. */
export type SpfWithImmersion = Spf & { readonly boundary: Boundary; readonly immersionWh: number };

/** The seasonal performance factor of any number of days: what was measured, where SCOP is the rated figure. */
export type MeasuredSpf = Spf & {
  /** Days of which anything was seen on both sides. */
  readonly days: number;
  /** Of the figure without the immersion heater; null where there is no day. */
  readonly boundary: Boundary | null;
  /** null where the immersion heater did not run. */
  readonly withImmersion: SpfWithImmersion | null;
};

export type SpfDay = Pick<DayEnergy, "copBasis" | "copBoundary" | "withImmersion">;

/**
 * Sums up the two sides of the days' COPs (`copBasis`), cooling left out of both sides: heating, hot water, defrosts and
 * standby of the time in which heat and electricity were both seen.
 */
export function spfOf(days: readonly SpfDay[]): MeasuredSpf {
  const measured = days.flatMap(({ copBasis, copBoundary, withImmersion }) =>
    copBasis === null
      ? []
      : [
          {
            heatWh: copBasis.all.heatWh - copBasis.cooling.heatWh,
            electricityWh: copBasis.all.electricityWh - copBasis.cooling.electricityWh,
            boundary: copBoundary,
            boundaryWithImmersion: withImmersion?.boundary ?? copBoundary,
            immersionWh: withImmersion === null ? 0 : withImmersion.heatWh - copBasis.all.heatWh,
            ran: withImmersion !== null,
          },
        ],
  );
  const sum = (figure: "heatWh" | "electricityWh" | "immersionWh") =>
    measured.reduce((total, each) => total + each[figure], 0);
  const [heatWh, electricityWh, immersionWh] = [sum("heatWh"), sum("electricityWh"), sum("immersionWh")];
  const boundary = narrowest(measured.map((day) => day.boundaryWithImmersion));
  return {
    days: measured.length,
    boundary: narrowest(measured.map((day) => day.boundary)),
    ...spf(heatWh, electricityWh),
    withImmersion:
      boundary !== null && measured.some(({ ran }) => ran)
        ? { boundary, immersionWh, ...spf(heatWh + immersionWh, electricityWh + immersionWh) }
        : null,
  };
}

function spf(heatWh: number, electricityWh: number): Spf {
  return { spf: cop(heatWh, electricityWh), heatWh, electricityWh };
}
