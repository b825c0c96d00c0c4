import { standardWindow } from "@heatloop/core/cost/tariff";
import { isDayOfYear } from "@heatloop/core/time/calendar";
import { isDate } from "@heatloop/core/time/local-day";
import { weekdays } from "@heatloop/core/time/weekdays";
import { z } from "zod";
import { oddPrices } from "./tariff-bound.ts";

const pricePerKwh = z.number().min(0).max(100_000);
/** What is on top may also be a rebate. */
const addedPerKwh = z.number().min(-100_000).max(100_000);

const dateRule = { error: "a date such as 2026-07-01" };
const date = z.string(dateRule).refine(isDate, dateRule);
const dayRule = { error: "a day of the year such as 10-01 (month, day)" };
const dayOfYear = z.string(dayRule).refine(isDayOfYear, dayRule);
const holidayRule = { error: "a date such as 2026-04-06, or a day of each year such as 12-25" };
const holiday = z.string(holidayRule).refine((day) => isDate(day) || isDayOfYear(day), holidayRule);
const timeRule = { error: "a time such as 06:00, up to 24:00" };
const time = z.string(timeRule).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, timeRule);
const entityRule = { error: "an entity of Home Assistant such as sensor.nordpool_kwh_de_lu, or empty" };
const entity = z.string(entityRule).regex(/^([a-z_]+\.[a-z0-9_]{1,200})?$/, entityRule);
const fileRule = { error: "the name of a CSV file in the data folder such as prices.csv, or empty" };
const nameRule = { error: `a name of up to 40 characters, not ${standardWindow}, which is the rest of the time` };

/** A part of the week with its own price, by local time; the first window of the list that fits counts. */
const windowSchema = z.strictObject({
  /** Windows of the same name are reported as one. */
  name: z
    .string(nameRule)
    .trim()
    .min(1, nameRule)
    .max(40, nameRule)
    .refine((name) => name !== standardWindow, nameRule),
  /** Days of the calendar: Friday 22:00 to 06:00 is the first six and the last two hours of Friday. */
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .max(7)
    .default([...weekdays]),
  /** `to` is not included; before `from`: over midnight; the same: the whole day. */
  from: time.default("00:00"),
  to: time.default("24:00"),
  /** Season, both days included. */
  from_day: dayOfYear.default("01-01"),
  to_day: dayOfYear.default("12-31"),
  /** null: the price outside of windows, fixed or dynamic. */
  price_per_kwh: pricePerKwh.nullable().default(null),
  /** On top of that, such as a grid fee by the time of day. */
  added_per_kwh: addedPerKwh.default(0),
});

const dynamicSchema = z.strictObject({
  /** CSV with the columns start and price. */
  file: z
    .string(fileRule)
    .regex(/^([\w-][\w.-]*\.(csv|CSV))?$/, fileRule)
    .default(""),
  entity: entity.default(""),
  /** Whether the state of an entity that lists no prices is the price of the running quarter hour. */
  state_is_price: z.boolean().default(false),
  /** What the prices are multiplied by: 1.19 for 19 % tax. */
  factor: z.number().min(0.01).max(100).default(1),
  /** What is added after that: grid fee, levies. */
  added_per_kwh: addedPerKwh.default(0),
});

const standingChargeSchema = z.strictObject({
  amount: z.number().min(0).max(10_000_000).default(0),
  per: z.enum(["day", "month", "year"]).default("month"),
});

const pvSchema = z
  .strictObject({
    /** Power that the roof has left over, W or kW. */
    surplus_entity: entity.default(""),
    /** Whether that is measured before the heat pump takes its part, or after it (an export meter). */
    surplus: z.enum(["before_heat_pump", "after_heat_pump"]).default("after_heat_pump"),
    /** What the grid pays for it, and so what using it costs. */
    price_per_kwh: pricePerKwh.nullable().default(null),
  })
  .superRefine(({ surplus_entity: surplus, price_per_kwh: price }, context) => {
    if (surplus === "" || price !== null) return;
    const message = "what the grid pays for a kWh of the surplus, as there is a surplus_entity";
    context.addIssue({ code: "custom", path: ["price_per_kwh"], input: null, message });
  });

/** What a change can name; what it leaves out goes on as before. */
const contractShape = {
  /** null: not known; there are no costs, unless windows or dynamic prices have prices. */
  price_per_kwh: pricePerKwh.nullable(),
  windows: z.array(windowSchema).max(100),
  /** Dates that count as Sundays. */
  holidays: z.array(holiday).max(1000),
  dynamic: dynamicSchema,
  standing_charge: standingChargeSchema,
  pv: pvSchema,
};

const changeSchema = z.strictObject({ from: date, ...z.strictObject(contractShape).partial().shape });

const changesSchema = z
  .array(changeSchema)
  .max(200)
  .superRefine((changes, context) => {
    const seen = new Set<string>();
    changes.forEach(({ from }, i) => {
      if (seen.has(from)) {
        context.addIssue({ code: "custom", path: [i, "from"], input: from, message: "each date once" });
      }
      seen.add(from);
    });
  });

function boilerSchema(efficiency: number) {
  return z.strictObject({
    /** null: not compared with. */
    price_per_kwh: pricePerKwh.nullable().default(null),
    efficiency: z.number().min(0.1).max(1.1).default(efficiency),
    co2_g_per_kwh: z.number().min(0).max(5000).nullable().default(null),
  });
}

const tariffShape = z.strictObject({
  price_per_kwh: contractShape.price_per_kwh.default(null),
  currency: z
    .string({ error: "a currency such as EUR, or empty" })
    .regex(/^([A-Z]{3})?$/, { error: "a currency of three letters such as EUR, or empty" })
    .default(""),
  /** The highest plausible price a kWh, of a source or written here; null: about 10 EUR in the currency. */
  max_price_per_kwh: z.number().min(0.01).max(10_000_000).nullable().default(null),
  windows: contractShape.windows.default([]),
  holidays: contractShape.holidays.default([]),
  dynamic: dynamicSchema.prefault({}),
  standing_charge: standingChargeSchema.prefault({}),
  pv: pvSchema.prefault({}),
  /** New prices from a local date on. */
  changes: changesSchema.default([]),
  /** CO2 of a kWh of electricity, g; null: not known. */
  co2_g_per_kwh: z.number().min(0).max(5000).nullable().default(null),
  gas: boilerSchema(0.9).prefault({}),
  oil: boilerSchema(0.85).prefault({}),
});

/** `tariff {...}` of the settings; every field has a default, `price_per_kwh` and `currency` alone are a fixed price. */
export const tariffSchema = tariffShape.superRefine((tariff, context) => {
  for (const { path, value, allowed } of oddPrices(tariff)) {
    context.addIssue({ code: "custom", path, input: value, message: allowed });
  }
});
export type TariffSetting = z.output<typeof tariffSchema>;
export type WindowSetting = z.output<typeof windowSchema>;
export type DynamicSetting = z.output<typeof dynamicSchema>;
