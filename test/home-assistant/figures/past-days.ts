import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Zone } from "@heatloop/core/time/local-day";
import { csvOf } from "#test/support/examples/archive.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";

/** Simulates whole days of a heat pump and writes them into an archive, as the program would have logged them. */
export async function writePastDays(
  archive: string,
  {
    device,
    zone,
    from,
    to,
  }: { readonly device: string; readonly zone: Zone; readonly from: string; readonly to: string },
): Promise<void> {
  const { days } = simulatedDays({ from, to, timeZone: zone.name, options: { seed: 14, prefix: device } });
  for (const { date, minutes } of days) {
    const folder = join(archive, device, date.slice(0, 4));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${date}.csv`), csvOf(minutes, zone));
  }
}
