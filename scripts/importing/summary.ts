import type { Findings } from "./findings.ts";
import type { Imported } from "./into-archive.ts";

/** What an import came to, in lines for a person. */
export function summaryOf(parts: {
  readonly imported: Imported;
  readonly findings: Findings;
  readonly dryRun: boolean;
}): string[] {
  const { imported, findings, dryRun } = parts;
  const { minutes, logged, written, electricityLeftOut, from, to, days } = imported;
  const lines: string[] = [];
  if (minutes === 0) lines.push("Nothing to import was found.");
  else {
    const when = from === undefined ? "" : `, in ${days} ${days === 1 ? "day" : "days"} from ${from} to ${to}`;
    lines.push(
      `${minutes} minutes read: ${logged} stood in the archive already, ${written} ${dryRun ? "would be" : "were"} added${when}.`,
    );
  }
  if (electricityLeftOut > 0) {
    lines.push(
      `${electricityLeftOut} of them without electricity: the archive has booked it already, in a minute beside them.`,
    );
  }
  lines.push(...unknownLines(imported));
  if (findings.count() > 0)
    lines.push(`Could not be read as it stands (${findings.count()}):`, ...findings.lines().map((line) => `  ${line}`));
  return lines;
}

/** What the added minutes lack, and what would bring it. */
function unknownLines({ withoutOperation, withoutHeat, withoutElectricity }: Imported): string[] {
  const lines: string[] = [];
  if (withoutOperation > 0) {
    lines.push(
      `${withoutOperation} of them without heat: nothing told what the heat pump did. That takes its compressor, the compressor's frequency or its electric power (electricity_meter in W or kW), and what it works for.`,
    );
  }
  if (withoutHeat > 0) {
    lines.push(
      `${withoutHeat} of them without heat: that takes flow rate, flow and return temperature, or a heat meter.`,
    );
  }
  if (withoutElectricity > 0) {
    lines.push(
      "None of them with electricity, so they have no COP and no cost: that takes the counter (daily_electricity) or a meter (electricity_meter).",
    );
  }
  return lines;
}
