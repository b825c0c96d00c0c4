import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The builds whose packages are known, by the names that the bundlers' configurations give them. */
export type BuildName = "card" | "page" | "program" | "hub";

/** An npm package whose code is in what Heatloop ships. */
export type BundledPackage = {
  readonly name: string;
  readonly version: string;
  /** By its SPDX identifier. */
  readonly licence: string;
  /** Of its licence, of what else it asks to be told, and of code that it has of others. */
  readonly texts: readonly string[];
};

const root = join(import.meta.dirname, "../..");
/** Texts that packages themselves do not bring, by the package's name. */
const licences = join(import.meta.dirname, "licences");
/** Those that occur. Before another one is added a person has to read it: may it be in a program that is given away? */
const allowed = ["0BSD", "Apache-2.0", "BSD-3-Clause", "ISC", "MIT", "MIT-0"];
const legalFile = /^(un)?licen[cs]e|^copying|^notice|\.licen[cs]e\.txt$/i;

/** The packages in builds, by name and version. Throws where `npm run bundle` has not made them. */
export function bundledPackages(...builds: readonly BuildName[]): BundledPackage[] {
  const folders = builds.flatMap((build) => {
    const list = join(root, ".cache/packages", `${build}.json`);
    if (!existsSync(list)) throw new Error(`${build} is not built here: run npm run bundle`);
    return JSON.parse(readFileSync(list, "utf8")) as string[];
  });
  const packages = [...new Set(folders)].map((folder) => readPackage(join(root, folder)));
  return packages.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** `lit 3.3.3`. */
export function idOf({ name, version }: BundledPackage): string {
  return `${name} ${version}`;
}

/** Reads a package in its folder. Throws where its licence is not one that Heatloop may ship, or has no text. */
export function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (!allowed.includes(license)) {
    throw new Error(`${name} ${version} is under "${license}", which is none of ${allowed.join(", ")}`);
  }
  const texts = [...new Set([folder, join(licences, name)])].flatMap(legalTexts);
  if (texts.length === 0) throw new Error(`${name} ${version} brings no licence text: put it into ${licences}/${name}`);
  return { name, version, licence: license, texts };
}

function legalTexts(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && legalFile.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim())
    .filter((text) => text !== "");
}
