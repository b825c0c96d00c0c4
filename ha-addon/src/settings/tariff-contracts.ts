import type { CostOptions } from "@heatloop/core/cost/cost-report";
import type { Contract, Tariff, TariffWindow } from "@heatloop/core/cost/tariff";
import type { DynamicSetting, TariffSetting, WindowSetting } from "./tariff-settings.ts";

/** What holds from a date on, changes laid over what was before. */
export type ContractSetting = Pick<
  TariffSetting,
  "price_per_kwh" | "windows" | "holidays" | "dynamic" | "standing_charge" | "pv"
> & { readonly from: string | null };

/** The contracts of a tariff in the order of their dates, the first since ever. */
export function contractSettings(tariff: TariffSetting): [ContractSetting, ...ContractSetting[]] {
  const { price_per_kwh, windows, holidays, dynamic, standing_charge, pv } = tariff;
  const first: ContractSetting = { from: null, price_per_kwh, windows, holidays, dynamic, standing_charge, pv };
  const contracts: [ContractSetting, ...ContractSetting[]] = [first];
  for (const change of tariff.changes.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    contracts.push({ ...(contracts.at(-1) ?? first), ...named });
  }
  return contracts;
}

function isDynamic({ file, entity: name }: DynamicSetting): boolean {
  return file !== "" || name !== "";
}

/** Whether any price is known, so that a cost means something. */
export function isPriced(setting: TariffSetting): boolean {
  return contractSettings(setting).some(
    ({ price_per_kwh: price, windows, dynamic }) =>
      price !== null || isDynamic(dynamic) || windows.some((window) => window.price_per_kwh !== null),
  );
}

/** The tariff as core takes it. */
export function tariffOf(setting: TariffSetting): Tariff {
  const [first, ...changes] = contractSettings(setting);
  return { currency: setting.currency, contracts: [contractOf(first), ...changes.map(contractOf)] };
}

function contractOf(setting: ContractSetting): Contract {
  const { dynamic, pv } = setting;
  return {
    from: setting.from,
    pricePerKwh: setting.price_per_kwh,
    dynamic: isDynamic(dynamic) ? { factor: dynamic.factor, addedPerKwh: dynamic.added_per_kwh } : null,
    windows: setting.windows.map(windowOf),
    holidays: setting.holidays,
    standingCharge: setting.standing_charge,
    pv:
      pv.surplus_entity === "" || pv.price_per_kwh === null
        ? null
        : { pricePerKwh: pv.price_per_kwh, surplus: pv.surplus },
  };
}

function windowOf(setting: WindowSetting): TariffWindow {
  return {
    name: setting.name,
    days: setting.days,
    fromMinute: minutesOf(setting.from),
    toMinute: minutesOf(setting.to),
    fromDay: setting.from_day,
    toDay: setting.to_day,
    pricePerKwh: setting.price_per_kwh,
    addedPerKwh: setting.added_per_kwh,
  };
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** What a cost report needs beside the bill. */
export function costOptionsOf(setting: TariffSetting): CostOptions {
  const boilerOf = ({ price_per_kwh, efficiency, co2_g_per_kwh }: TariffSetting["gas"]) =>
    price_per_kwh === null ? null : { pricePerKwh: price_per_kwh, efficiency, co2GPerKwh: co2_g_per_kwh };
  return {
    currency: setting.currency,
    co2GPerKwh: setting.co2_g_per_kwh,
    boilers: { gas: boilerOf(setting.gas), oil: boilerOf(setting.oil) },
  };
}
