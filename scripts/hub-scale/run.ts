import { runScript } from "../base/arguments.ts";
import { hubScaleHelp, readHubScaleArguments } from "./hub-scale-arguments.ts";
import { needsTable, outageTable } from "./tables.ts";

const read = readHubScaleArguments(process.argv.slice(2));
await runScript({ name: "npm run hub-scale --", help: hubScaleHelp, read }, (options) => {
  console.log(needsTable(options));
  console.log(`\nAfter an outage of ${options.outageMinutes} minutes:\n`);
  console.log(outageTable(options));
});
