import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { dayMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";
import type { Partition } from "../telemetry/partitions.ts";
import { storedLine } from "../telemetry/stored-line.ts";
import { minutesBetween } from "../telemetry/stored-minutes.ts";

export type ExportParts = {
  readonly database: Database;
  readonly owner: Database;
  /** Where days go before they are dropped; undefined: nowhere. */
  readonly exportsFolder: string | undefined;
};

const packed = promisify(gzip);

/**
 * Writes the minutes of a UTC day that is to be dropped as files that a person can open, one a heat pump:
 * `<folder>/<organization>/<heat pump>/2026-01-31.csv.gz`, with the columns of the log at home. Rejected where one cannot be
 * written, so that nothing is dropped then.
 */
export async function exportDay(
  { database, owner, exportsFolder }: ExportParts,
  { name, from }: Partition,
): Promise<void> {
  if (exportsFolder === undefined) return;
  const devices = await owner.transaction({}, (queries) =>
    queries.all<{ tenant: number; device: number }>(
      `select distinct tenant_id as tenant, device_id as device from ${name} order by 1, 2`,
    ),
  );
  for (const { tenant, device } of devices) {
    const { folder, text } = await database.transaction({ tenant }, async (queries) => {
      const ids = await queries.first<{ tenant: string; device: string }>(
        `select tenants.public_id as tenant, devices.public_id as device
          from devices join tenants on tenants.id = devices.tenant_id where devices.id = $1`,
        [device],
      );
      const start = Date.parse(from);
      const rows = await minutesBetween(queries, device, { from: start, to: start + dayMs });
      const lines = rows.map(storedLine);
      return {
        folder: join(exportsFolder, ids?.tenant ?? "", ids?.device ?? ""),
        text: [minutesHeader, ...lines, ""].join("\n"),
      };
    });
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${from}.csv.gz`);
    await writeFile(`${file}.part`, await packed(text), { flush: true });
    await rename(`${file}.part`, file);
  }
}
