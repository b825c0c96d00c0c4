import type { Imported } from "./into-archive.ts";
import type { SourceProblems } from "./source-problems.ts";

/** The result of an import, in lines for a person. */
export function summaryOf(parts: {
  readonly imported: Imported;
  readonly problems: SourceProblems;
  readonly dryRun: boolean;
}): string[] {
  const { imported, problems, dryRun } = parts;
  const { minutes, logged, written, electricityLeftOut, from, to, days } = imported;
  const lines: string[] = [];
  if (minutes === 0) lines.push("There was nothing to import.");
  else {
    const when = from === undefined ? "" : `, in ${days} ${days === 1 ? "day" : "days"} from ${from} to ${to}`;
    lines.push(
      `${minutes} minutes read: ${logged} were in the archive already, ${written} ${dryRun ? "would be" : "were"} added${when}.`,
    );
  }
  if (electricityLeftOut > 0) {
    lines.push(
      `${electricityLeftOut} of them without electricity: the archive has booked it already, in a minute beside them.`,
    );
  }
  lines.push(...unknownLines(imported));
  if (problems.count() > 0)
    lines.push(`Could not be read (${problems.count()}):`, ...problems.lines().map((line) => `  ${line}`));
  return lines;
}

/** What the added minutes lack, and what would bring it. */
function unknownLines({ withoutOperation, withoutHeat, withoutElectricity }: Imported): string[] {
  const lines: string[] = [];
  if (withoutOperation > 0) {
    lines.push(
      `${withoutOperation} of them without heat: the operation of the heat pump is unknown. That takes its compressor, the compressor's frequency or its electric power (electricity_meter in W or kW), and what it works for.`,
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
