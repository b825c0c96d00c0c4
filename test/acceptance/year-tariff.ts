import type { CostOptions } from "@heatloop/core/cost/cost-report";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { tariffOf } from "@heatloop/ha-addon/settings/tariff-contracts";

const { tariff: setting } = parseSettings({
  tariff: {
    currency: "EUR",
    price_per_kwh: 0.34,
    windows: [{ name: "night", from: "22:00", to: "06:00", price_per_kwh: 0.19 }],
    standing_charge: { amount: 12, per: "month" },
    changes: [
      {
        from: "2026-04-01",
        price_per_kwh: 0.31,
        windows: [
          { name: "weekend", days: ["sat", "sun"], price_per_kwh: 0.22 },
          { name: "night", from: "23:00", to: "05:00", price_per_kwh: 0.2 },
        ],
        standing_charge: { amount: 12, per: "month" },
      },
      {
        from: "2026-10-01",
        dynamic: { entity: "sensor.prices", factor: 1.22, added_per_kwh: 0.09 },
        windows: [{ name: "evening", from: "17:00", to: "21:00", added_per_kwh: 0.06 }],
        standing_charge: { amount: 144, per: "year" },
      },
    ],
  },
}).settings;

/** Two prices until the end of March, weekends apart until September, then the market's. */
export const tariff = tariffOf(setting);

export const costOptions: CostOptions = {
  currency: "EUR",
  co2GPerKwh: 300,
  boilers: { gas: { pricePerKwh: 0.11, efficiency: 0.92, co2GPerKwh: 201 }, oil: null },
};
