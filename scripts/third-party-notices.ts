/** Writes what the licences of the packages in the bundles ask for, beside each program and beside the card. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BundledPackage, bundledPackages, idOf } from "./release/bundled-packages.ts";

const root = join(import.meta.dirname, "..");
const fileName = "THIRD-PARTY-NOTICES.txt";

/** The text of the notices: every package with its version, its licence and the licence's text. */
export function noticesOf(packages: readonly BundledPackage[]): string {
  const beginning =
    "Heatloop (MIT licence) contains code of the following packages, each under the licence below its name.";
  const entries = packages.map((each) =>
    [`${"=".repeat(80)}\n${idOf(each)} (${each.licence})\n${"=".repeat(80)}`, ...each.texts].join("\n\n"),
  );
  return `${[beginning, ...entries].join("\n\n")}\n`;
}

/** Throws where the Swagger UI that is shipped is not the one whose licence is here. */
export function checkSwaggerUi(packages: readonly BundledPackage[], script: string): void {
  const shipped = /PACKAGE_VERSION:"([^"]+)"/.exec(script)?.[1];
  const known = packages.find(({ name }) => name === "swagger-ui-dist")?.version;
  if (shipped !== known) {
    throw new Error(
      `Swagger UI ${shipped} is shipped, and the licence of ${known} is here: put package.json, LICENSE, NOTICE and ` +
        `swagger-ui-bundle.js.LICENSE.txt of swagger-ui-dist@${shipped} (npm pack) into scripts/release/licences/swagger-ui-dist`,
    );
  }
}

function writeNotices(): void {
  const packages = bundledPackages("card", "page", "program");
  checkSwaggerUi(packages, readFileSync(join(root, "ha-addon/dist/swagger-ui/swagger-ui-bundle.js"), "utf8"));
  writeFileSync(join(root, "ha-addon/dist", fileName), noticesOf(packages));
  writeFileSync(join(root, "lovelace-card/dist", fileName), noticesOf(bundledPackages("card")));
  writeFileSync(join(root, "hub/dist", fileName), noticesOf(bundledPackages("hub")));
}

if (import.meta.main) writeNotices();
