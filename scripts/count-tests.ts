/** Prints `N passed, N failed, N skipped` of a Vitest JSON report and notes each skipped test; fails where none ran. */
import { appendFileSync, readFileSync } from "node:fs";

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

const [reportFile = "", notRunFile = ""] = process.argv.slice(2);
const report = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
const skipped = report.testResults
  .flatMap((file) => file.assertionResults)
  .filter((test) => test.status === "skipped" || test.status === "pending");
for (const test of skipped.slice(0, 20)) appendFileSync(notRunFile, `test: ${test.fullName}\n`);
console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped.length} skipped`);
process.exit(report.numPassedTests + report.numFailedTests === 0 ? 1 : 0);
