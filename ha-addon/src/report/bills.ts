import type { Bill } from "@heatloop/core/cost/bill";
import { dayBillOfColumns } from "@heatloop/core/cost/cost";
import type { CostOptions } from "@heatloop/core/cost/cost-report";
import { noRows } from "@heatloop/core/energy/day-columns";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { ReportBills } from "@heatloop/core/report";
import { datesBetween, type Zone } from "@heatloop/core/time/local-day";
import { type DateSpan, spanOf } from "../archive/dates.ts";
import type { Billing, BillOf } from "../archive/requested-kinds.ts";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { electricitySetup } from "../settings/electricity-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { costOptionsOf, isPriced, tariffOf } from "../settings/tariff-contracts.ts";
import { billFormula } from "./bill-formula.ts";

/** The bills of reports by the owner's tariff, and how they are presented. */
export type ReportBilling = Billing & { readonly options: CostOptions };

/**
 * How the days of some ranges are billed: by the settings, with the prices and the PV surplus of the archive, which are
 * read once. undefined where no price is set.
 */
export function reportBilling(
  parts: {
    readonly prices: Pick<SlotArchive, "series">;
    readonly surplus: Pick<SlotArchive, "series">;
    readonly settings: () => Settings;
    readonly zone: () => Zone;
  },
  spans: readonly DateSpan[],
  now: number,
): ReportBilling | undefined {
  const { tariff: setting, electricity } = parts.settings();
  if (!isPriced(setting)) return undefined;
  const tariff = tariffOf(setting);
  const zone = parts.zone();
  const { from, to } = spanOf(spans);

  async function open(): Promise<BillOf> {
    const shared = { zone, now, tariff, electricity: electricitySetup(electricity) };
    const prices = await parts.prices.series(from, to);
    const surplusW = await parts.surplus.series(from, to);
    return (date, columns, day) =>
      dayBillOfColumns({ ...shared, date, columns, prices, surplusW, electricityWh: uncountedWh(day) });
  }

  let opened: Promise<BillOf> | undefined;
  return {
    spans,
    basis: [billFormula, tariff],
    folders: ["prices", "surplus"],
    options: costOptionsOf(setting),
    open() {
      opened ??= open();
      return opened;
    },
  };
}

/**
 * The bills of all dates of a range that have begun, by date: those that were made of logged days, and those of the
 * others, of which no electricity is known unless the controller reported their totals later.
 */
export async function billsOf(
  { from, to }: DateSpan,
  of: {
    readonly logged: ReadonlyMap<string, Bill>;
    readonly dayOf: (date: string) => DayEnergy | null;
    readonly billing: ReportBilling;
    readonly zone: Zone;
    readonly now: number;
  },
): Promise<ReportBills> {
  const { logged, dayOf, billing, zone, now } = of;
  const days = new Map<string, Bill>();
  for (const date of datesBetween(from, to)) {
    if (zone.startOf(date) > now) break;
    days.set(date, logged.get(date) ?? (await billing.open())(date, noRows, dayOf(date)));
  }
  return { days, options: billing.options };
}

/**
 * The electricity of a day, Wh, where neither meter nor counter had the whole of it: that of the controller's totals, null
 * where there is none. undefined where it is that of meter or counter.
 */
function uncountedWh(day: DayEnergy | null): number | null | undefined {
  if (day === null) return undefined;
  const { electricity } = day.sources;
  const isByController =
    electricity?.source === "controller" && !electricity.others.some(({ source }) => source === "counter");
  return day.electricityWh === null || isByController ? (electricity?.wh ?? null) : undefined;
}
