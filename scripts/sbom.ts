/** Prints the bill of materials of a release (CycloneDX, JSON); the bundles have to be made before. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bundledPackages } from "./release/bundled-packages.ts";
import { type Bom, shippedBom } from "./release/shipped-bom.ts";

const root = join(import.meta.dirname, "..");

/** All that npm has locked: `--omit dev` would omit what both the program and a test need. */
export function installedBom(): Bom {
  const words = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  const text = execFileSync("npm", words, { cwd: root, encoding: "utf8", maxBuffer: 64e6 });
  return JSON.parse(text) as Bom;
}

if (import.meta.main) {
  console.log(JSON.stringify(shippedBom(installedBom(), bundledPackages("card", "page", "program")), null, 2));
}
