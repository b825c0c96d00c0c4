import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";
import { type OutputOptions, type RollupOptions, rollup } from "rollup";
import { beforeAll, describe, expect, it } from "vitest";
import { addonBundle } from "#scripts/bundling/addon-bundle.ts";
import { hubBundle } from "#scripts/bundling/hub-bundle.ts";
import { type BundledPackage, bundledPackages, idOf, readPackage } from "#scripts/release/bundled-packages.ts";
import { checkSwaggerUi, noticesOf } from "#scripts/third-party-notices.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import page from "../../../ha-addon/web/rollup.config.ts";
import card from "../../../lovelace-card/rollup.config.ts";

const root = join(import.meta.dirname, "../../..");
/** What the source maps of the builds name, by build: not what the plugin noted. */
const mapped: Record<"card" | "page" | "program" | "hub", string[]> = { card: [], page: [], program: [], hub: [] };
/** Files that are put beside the program as they are, or as a bundle of their own, without a source map. */
const beside = ["nodemailer", "swagger-ui-dist"];

type Mapped = { readonly map?: { readonly sources: readonly (string | null)[] } | null };

function packagesOf(files: readonly object[]): string[] {
  const sources = files.flatMap((file) => (file as Mapped).map?.sources ?? []);
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source ?? "")?.[1] ?? []);
  return [...new Set(names)].sort();
}

async function sourcesOf({ output, ...input }: RollupOptions & { output: OutputOptions }): Promise<string[]> {
  const bundle = await rollup(input);
  const made = await bundle.generate({ ...output, sourcemap: true });
  await bundle.close();
  return packagesOf(made.output);
}

async function sourcesOfProgram({ output, ...input }: typeof addonBundle | typeof hubBundle): Promise<string[]> {
  const bundle = await rolldown({ ...input, cwd: root });
  const made = await bundle.generate({ ...output, sourcemap: true });
  await bundle.close();
  return packagesOf(made.output);
}

beforeAll(async () => {
  mapped.card = await sourcesOf(card);
  mapped.page = await sourcesOf(page);
  mapped.program = [...(await sourcesOfProgram(addonBundle)), ...beside].sort();
  mapped.hub = await sourcesOfProgram(hubBundle);
});

const namesOf = (packages: readonly BundledPackage[]) => [...new Set(packages.map(({ name }) => name))];

describe("the third-party notices", () => {
  it("know every package whose code is in a build, and no other", () => {
    for (const build of ["card", "page", "program", "hub"] as const) {
      expect([build, namesOf(bundledPackages(build)).sort()]).toEqual([build, mapped[build]]);
    }
    expect(mapped.card).toEqual(expect.arrayContaining(["chart.js", "lit-html", "lit-element"]));
    expect(mapped.program).toEqual(expect.arrayContaining(["fastify", "mqtt", "ws", "zod"]));
    expect(mapped.hub).toEqual(expect.arrayContaining(["fastify", "nodemailer", "openid-client", "pg"]));
  });

  it("have an entry with its licence's text for each of them, once", () => {
    const packages = bundledPackages("card", "page", "program");
    const text = noticesOf(packages);
    const titles = [...text.matchAll(/^={80}\n(.+) \((.+)\)\n={80}\n\n(?=\S)/gm)].map(([, title]) => title);
    expect(titles).toEqual(packages.map(idOf));
    expect(new Set(titles).size).toBe(titles.length);
    for (const { name, texts } of packages) {
      expect([name, texts.join("").length > 400]).toEqual([name, true]);
      for (const each of texts) expect(text).toContain(each);
    }
  });

  it("have what others ask for whose code packages contain", () => {
    const text = noticesOf(bundledPackages("card", "page", "program"));
    for (const owner of ["The Polymer Authors", "SmartBear Software", "Cure53", "react-dom.production.min.js"]) {
      expect(text).toContain(owner);
    }
  });

  it("are those of the Swagger UI that is shipped", () => {
    const require = createRequire(join(root, "ha-addon/package.json"));
    const folder = dirname(require.resolve("@fastify/swagger-ui/package.json"));
    const script = readFileSync(join(folder, "static/swagger-ui-bundle.js"), "utf8");
    checkSwaggerUi(bundledPackages("program"), script);
    expect(() => checkSwaggerUi(bundledPackages("program"), 'PACKAGE_VERSION:"6.0.0"')).toThrow(
      /Swagger UI 6\.0\.0 is shipped, and the licence of [\d.]+ is here/,
    );
  });
});

describe("a package", () => {
  function packageFolder(license: string, files: Readonly<Record<string, string>>): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "license"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "some", version: "1.2.3", license }));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  it.each([["LICENSE"], ["LICENCE.md"], ["license.txt"], ["COPYING"]])("tells its licence in %s", (file) => {
    expect(readPackage(packageFolder("ISC", { [file]: "Do what you like\r\nwith it\n" }))).toEqual({
      name: "some",
      version: "1.2.3",
      licence: "ISC",
      texts: ["Do what you like\nwith it"],
    });
  });

  it.each([["GPL-3.0-only"], ["SEE LICENSE IN x"], ["(MIT OR GPL-3.0)"]])(
    "under %s stops the release until a person has read it",
    (license) => {
      const folder = packageFolder(license, { LICENSE: "text" });
      expect(() => readPackage(folder)).toThrow(`some 1.2.3 is under "${license}"`);
    },
  );

  it("without a text of its licence stops it too", () => {
    expect(() => readPackage(packageFolder("MIT", { "README.md": "MIT", LICENSE: " \n" }))).toThrow(
      "some 1.2.3 brings no licence text",
    );
  });
});
