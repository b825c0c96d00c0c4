import { billedFrom } from "@heatloop/core/cost/period-costs";
import { type HomeCost, homeCost } from "@heatloop/core/hub/home-costs";
import type { Archive } from "../archive/archive.ts";
import type { DateSpan } from "../archive/dates.ts";
import { sourceSpan } from "../archive/files-state.ts";
import { slotKinds } from "../archive/slot-archive.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { isPriced } from "../settings/tariff-contracts.ts";
import { billFormula } from "./bill-formula.ts";
import type { EnergyReports } from "./energy-reports.ts";

/**
 * What days cost by the owner's prices. `basis`: what the costs of a span follow from beside the files of its heat pump, as plain
 * data; null where nothing has a price. `between`: by date, as the home's own report of that time has them; none where nothing has.
 */
export function dayCosts(parts: {
  readonly settings: Pick<SettingsFile, "current">;
  readonly archive: Pick<Archive, "filesState">;
  readonly reports: Pick<EnergyReports, "report">;
}) {
  const { settings, archive, reports } = parts;
  const hasPrices = () => isPriced(settings.current().tariff);
  return {
    basis({ from, to }: DateSpan): unknown {
      if (!hasPrices()) return null;
      const { tariff, electricity } = settings.current();
      const files = sourceSpan({ from: billedFrom(from), to });
      const slots = slotKinds.map((kind) => archive.filesState(kind, files.from, files.to));
      return [billFormula, tariff, electricity, slots];
    },
    async between(device: string, { from, to }: DateSpan, now: number): Promise<ReadonlyMap<string, HomeCost>> {
      if (!hasPrices()) return new Map();
      const { periods } = await reports.report(device, { from, to, unit: "day", events: false }, now);
      return new Map(
        periods.flatMap(({ from: date, cost }) => (cost === null ? [] : [[date, homeCost(cost)] as const])),
      );
    },
  };
}
