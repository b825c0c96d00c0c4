import { cop } from "../energy/cop.ts";
import type { Defrost } from "./defrosts.ts";

/** Defrosts and their recoveries of a day or of any number of days. */
export type DefrostSum = {
  readonly count: number;
  readonly seconds: number;
  readonly heatWh: number;
  readonly electricityWh: number;
  readonly recoverySeconds: number;
  readonly recoveryHeatWh: number;
  readonly recoveryElectricityWh: number;
};

/** The sum of no defrosts. */
export const noDefrosts: DefrostSum = {
  count: 0,
  seconds: 0,
  heatWh: 0,
  electricityWh: 0,
  recoverySeconds: 0,
  recoveryHeatWh: 0,
  recoveryElectricityWh: 0,
};

/** Adds up defrosts, of a day or a month. Those whose heat or electricity is not known count with none. */
export function sumOfDefrosts(defrosts: readonly Defrost[]): DefrostSum {
  return defrosts.reduce<DefrostSum>(
    (sum, { seconds, heatWh, electricityWh, recovery }) =>
      joinDefrostSums(sum, {
        count: 1,
        seconds,
        heatWh: heatWh ?? 0,
        electricityWh: electricityWh ?? 0,
        recoverySeconds: recovery.seconds,
        recoveryHeatWh: recovery.heatWh ?? 0,
        recoveryElectricityWh: recovery.electricityWh ?? 0,
      }),
    noDefrosts,
  );
}

function joinDefrostSums(a: DefrostSum, b: DefrostSum): DefrostSum {
  const join = (figure: keyof DefrostSum) => a[figure] + b[figure];
  return {
    count: join("count"),
    seconds: join("seconds"),
    heatWh: join("heatWh"),
    electricityWh: join("electricityWh"),
    recoverySeconds: join("recoverySeconds"),
    recoveryHeatWh: join("recoveryHeatWh"),
    recoveryElectricityWh: join("recoveryElectricityWh"),
  };
}

/** Heat and electricity of a period, Wh: net heat with the defrosts' negative heat in it. */
type HeatAndElectricity = { readonly heatWh: number | null; readonly electricityWh: number | null };

/** The share of the defrosts in a period: 0 to 1, null where the whole is not known or zero. */
export type DefrostShare = {
  /** Heat taken back, of the heat that was delivered before any was taken back. */
  readonly ofHeat: number | null;
  readonly ofElectricity: number | null;
  /** The electricity of the recoveries. */
  readonly recoveryOfElectricity: number | null;
};

/** The share of some defrosts in the heat and electricity of their period. */
export function defrostShare(sum: DefrostSum, period: HeatAndElectricity): DefrostShare {
  const share = (part: number, whole: number | null) => (whole === null || whole <= 0 ? null : part / whole);
  const { heatWh, electricityWh } = period;
  return {
    ofHeat: share(-sum.heatWh, heatWh === null ? null : heatWh - sum.heatWh),
    ofElectricity: share(sum.electricityWh, electricityWh),
    recoveryOfElectricity: share(sum.recoveryElectricityWh, electricityWh),
  };
}

/**
 * COP of a period as it is, without the recovery windows, and without the defrosts too (`undisturbed`: what the heat
 * pump would do in dry air). All null where the period's is.
 */
export function copBesideDefrosts(
  sum: DefrostSum,
  { heatWh, electricityWh }: HeatAndElectricity,
): {
  readonly asMeasured: number | null;
  readonly withoutRecovery: number | null;
  readonly undisturbed: number | null;
} {
  const without = (heat: number, electricity: number) =>
    heatWh === null || electricityWh === null ? null : cop(heatWh - heat, electricityWh - electricity);
  return {
    asMeasured: without(0, 0),
    withoutRecovery: without(sum.recoveryHeatWh, sum.recoveryElectricityWh),
    undisturbed: without(sum.recoveryHeatWh + sum.heatWh, sum.recoveryElectricityWh + sum.electricityWh),
  };
}
