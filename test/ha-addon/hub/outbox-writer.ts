import { appendFileSync } from "node:fs";
import sqlite from "node:sqlite";
import { openOutbox } from "@heatloop/ha-addon/hub/outbox";
import { numberedEvent } from "#test/support/hub/numbered-event.ts";
import { recordingLog } from "#test/support/recording-log.ts";

/** Adds numbered events for ever, and writes each number to a report once it is kept. Arguments: file, report, first number. */
const [path = "", report = "", first = "0"] = process.argv.slice(2);
const outbox = openOutbox({ sqlite, path, clock: { now: Date.now }, log: recordingLog() });
for (let number = Number(first); ; number += 1) {
  outbox.add(numberedEvent(number));
  appendFileSync(report, `${number}\n`);
}
