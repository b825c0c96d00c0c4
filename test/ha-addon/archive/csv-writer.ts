import { appendFileSync } from "node:fs";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";

/** A process that writes rows until it is killed: node csv-writer.ts FOLDER REPORT FIRST; reports each row that is on the disk. */
const [folder = "", report = "", first = "0"] = process.argv.slice(2);
const log = startLog({ level: "error", write: (line) => process.stderr.write(line), now: Date.now });
const files = openArchive({ folder, log, clock: systemClock() });
for (let i = Number(first); ; i += 1) {
  const row = `${i},${"x".repeat((i * 37) % 700)}`;
  await files.append({ device: "pump", date: "2026-11-21", kind: "minutes", header: "n,x", row });
  appendFileSync(report, `${i}\n`);
}
