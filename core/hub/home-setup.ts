import type { ElectricitySetup } from "../energy/electricity-setup.ts";
import type { FlowSensorSide, WaterSetup } from "../heat/heat-formula.ts";

/** What the owner of a home has set about the electricity and the water of a heat pump. */
export type HomeSetup = { readonly electricity: ElectricitySetup; readonly water: WaterSetup };

/** The same as a home sends it and the hub stores it. */
export type SentSetup = {
  readonly electricity: {
    readonly immersion_heater_w: number;
    readonly booster_heater_w: number;
    readonly booster_heater_2_w: number;
    /** Factor of the heat pump's own counter. */
    readonly correction_factor: number;
    readonly meter_has_immersion: boolean;
    readonly meter_has_pumps: boolean;
  };
  readonly water: { readonly flow_sensor: FlowSensorSide; readonly glycol_percent: number };
};

/** A home's settings as it sends them. */
export function sentSetupOf({ electricity, water }: HomeSetup): SentSetup {
  return {
    electricity: {
      immersion_heater_w: electricity.immersionHeaterW,
      booster_heater_w: electricity.boosterHeaterW,
      booster_heater_2_w: electricity.boosterHeater2W,
      correction_factor: electricity.correctionFactor,
      meter_has_immersion: electricity.meterHasImmersion,
      meter_has_pumps: electricity.meterHasPumps,
    },
    water: { flow_sensor: water.flowSensor, glycol_percent: water.glycolPercent },
  };
}

/** A home's settings, of what it has sent. */
export function homeSetupOf({ electricity, water }: SentSetup): HomeSetup {
  return {
    electricity: {
      immersionHeaterW: electricity.immersion_heater_w,
      boosterHeaterW: electricity.booster_heater_w,
      boosterHeater2W: electricity.booster_heater_2_w,
      correctionFactor: electricity.correction_factor,
      meterHasImmersion: electricity.meter_has_immersion,
      meterHasPumps: electricity.meter_has_pumps,
    },
    water: { flowSensor: water.flow_sensor, glycolPercent: water.glycol_percent },
  };
}
