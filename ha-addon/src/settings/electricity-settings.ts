import { type ElectricitySetup, usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { meterUnits } from "@heatloop/core/minute/external-meter";
import { z } from "zod";
import { filterProblem } from "../mqtt/filter.ts";
import { namedDevice } from "./named-device.ts";

const entityRule = "an entity of Home Assistant such as sensor.heat_pump_energy";
const topicRule = "an MQTT topic such as meter/heat_pump/energy, without + and #";
const fieldRule = 'the field of a JSON payload such as "energy" or "ENERGY.Total"';
const unitRule = `one of ${meterUnits.join(", ")}`;

/** An electricity meter of the heat pump alone, beside its own counter; its unit is one of energy or of power. */
const meter = z
  .strictObject({
    entity: z
      .string({ error: entityRule })
      .trim()
      .regex(/^(sensor|number|input_number)\.[a-z0-9_]{1,200}$/, { error: entityRule })
      .optional(),
    topic: z
      .string({ error: topicRule })
      .max(500, { error: topicRule })
      .refine((topic) => filterProblem(topic) === undefined && !/[+#]/.test(topic), { error: topicRule })
      .optional(),
    /** Where the payload of the topic is JSON; levels parted by points. */
    field: z.string({ error: fieldRule }).min(1, { error: fieldRule }).max(200, { error: fieldRule }).optional(),
    /** The heat pump that it measures, by its MQTT prefix; needed only where there are several. */
    device: namedDevice.optional(),
    /** Of an entity only where it has none in Home Assistant, or a wrong one. */
    unit: z.enum(meterUnits, { error: unitRule }).optional(),
  })
  .superRefine(({ entity, topic, field, unit }, context) => {
    const wrong = (path: string, input: unknown, message: string) =>
      context.addIssue({ code: "custom", path: [path], input, message });
    if ((entity === undefined) === (topic === undefined)) {
      wrong("entity", entity, `either this, ${entityRule}, or topic, ${topicRule}`);
    }
    if (topic !== undefined && unit === undefined) wrong("unit", unit, unitRule);
    if (topic === undefined && field !== undefined) wrong("field", field, "only beside topic");
  });
export type MeterSetting = z.output<typeof meter>;

/** What a meter may see beside the outdoor unit and the controls. */
const meterParts = ["immersion_heater", "pumps"] as const;
const meterSeesRule = `null (not known: everything), or a list of what it measures beside the outdoor unit: ${meterParts.join(", ")}; [] for neither`;

const heaterW = (watts: number) => z.number().min(0).max(20_000).default(watts);

export const electricitySchema = z.strictObject({
  /** What the heat pump's own counter is multiplied by; 1.05 where a real meter shows 5 % more. */
  correction_factor: z.number().min(0.5).max(2).default(1),
  meter: meter.nullable().default(null),
  /** What that meter sees, for the boundary of COP and SPF; null: not known, then everything. */
  meter_sees: z
    .array(z.enum(meterParts, { error: meterSeesRule }), { error: meterSeesRule })
    .nullable()
    .default(null),
  /** The same for the immersion heater alone; `meter_sees` counts where both are set. */
  meter_has_immersion_heater: z.boolean().default(usualElectricity.meterHasImmersion),
  /** Rated power of the heaters, W. */
  immersion_heater_w: heaterW(usualElectricity.immersionHeaterW),
  booster_heater_w: heaterW(usualElectricity.boosterHeaterW),
  booster_heater_2_w: heaterW(usualElectricity.boosterHeater2W),
});
export type ElectricitySetting = z.output<typeof electricitySchema>;

/** The settings as the reports take them. */
export function electricitySetup(setting: ElectricitySetting): ElectricitySetup {
  const { meter_sees: sees } = setting;
  return {
    correctionFactor: setting.correction_factor,
    meterHasImmersion: sees?.includes("immersion_heater") ?? setting.meter_has_immersion_heater,
    meterHasPumps: sees?.includes("pumps") ?? usualElectricity.meterHasPumps,
    immersionHeaterW: setting.immersion_heater_w,
    boosterHeaterW: setting.booster_heater_w,
    boosterHeater2W: setting.booster_heater_2_w,
  };
}
