import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type BundledPackage, readPackage } from "#scripts/release/bundled-packages.ts";
import { type Bom, shippedBom } from "#scripts/release/shipped-bom.ts";
import { installedBom } from "#scripts/sbom.ts";

const root = join(import.meta.dirname, "../../..");
const folders = [
  "node_modules/lit-html",
  "node_modules/zod",
  "node_modules/@fastify/accepts",
  "node_modules/accepts",
  "node_modules/ws",
];
const copied = "scripts/release/licences/swagger-ui-dist";
const packages = [...folders, copied].map((folder) => readPackage(join(root, folder)));
const bom = shippedBom(installedBom(), packages);
const refs = bom.components.map((component) => component["bom-ref"]);

function reachedFrom(ref: string, dependencies: Bom["dependencies"], reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(ref)) return reached;
  reached.add(ref);
  for (const next of dependencies.find((each) => each.ref === ref)?.dependsOn ?? [])
    reachedFrom(next, dependencies, reached);
  return reached;
}

describe("the bill of materials", () => {
  it("is a CycloneDX document of this version of Heatloop", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.5", version: 1 });
    expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const purl = `pkg:github/heatloop/heatloop@v${version}`;
    expect(bom.metadata.component).toMatchObject({ type: "application", name: "heatloop", version, purl });
  });

  it("has what is shipped, with address, licence and checksum, and nothing else", () => {
    expect([...refs].sort()).toEqual(packages.map(({ name, version }) => `${name}@${version}`).sort());
    for (const { name, version, purl, licenses, hashes, type } of bom.components) {
      expect(type).toBe("library");
      expect(purl).toBe(`pkg:npm/${name.replace("@", "%40")}@${version}`);
      expect(licenses).toEqual([{ license: { id: packages.find((each) => each.name === name)?.licence } }]);
      // Of the copy that another package has, npm knows no checksum.
      const checksums =
        name === "swagger-ui-dist"
          ? undefined
          : [{ alg: "SHA-512", content: expect.stringMatching(/^[0-9a-f]{128}$/) }];
      expect([name, hashes]).toEqual([name, checksums]);
    }
  });

  it("says of each once what it depends on, and all of it is reached from Heatloop", () => {
    const own = bom.metadata.component["bom-ref"];
    expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual([own, ...refs].sort());
    expect([...reachedFrom(own, bom.dependencies)].sort()).toEqual([own, ...refs].sort());
    expect(new Set(refs).size).toBe(refs.length);
  });

  it("goes through what is not shipped to what is, and not through tools", () => {
    const component = (name: string) => ({
      "bom-ref": `${name}@1.0.0`,
      type: "library",
      name,
      version: "1.0.0",
      purl: `pkg:npm/${name}@1.0.0`,
    });
    const names = ["@heatloop/part", "left", "kept", "round", "deep", "tool", "used"];
    const installed: Bom = {
      ...bom,
      metadata: { component: component("whole") },
      components: names.map(component),
      dependencies: [
        { ref: "whole@1.0.0", dependsOn: ["@heatloop/part@1.0.0", "tool@1.0.0"] },
        { ref: "@heatloop/part@1.0.0", dependsOn: ["left@1.0.0"] },
        { ref: "tool@1.0.0", dependsOn: ["used@1.0.0"] },
        { ref: "left@1.0.0", dependsOn: ["kept@1.0.0", "round@1.0.0"] },
        { ref: "round@1.0.0", dependsOn: ["left@1.0.0", "deep@1.0.0"] },
        { ref: "kept@1.0.0", dependsOn: ["round@1.0.0"] },
        { ref: "deep@1.0.0", dependsOn: [] },
      ],
    };
    const shipped = ["kept", "deep", "used"].map(
      (name): BundledPackage => ({ name, version: "1.0.0", licence: "MIT", texts: ["text"] }),
    );
    expect(shippedBom(installed, shipped).dependencies).toEqual([
      { ref: "whole@1.0.0", dependsOn: ["deep@1.0.0", "kept@1.0.0"] },
      { ref: "kept@1.0.0", dependsOn: ["deep@1.0.0"] },
      { ref: "deep@1.0.0", dependsOn: [] },
      { ref: "used@1.0.0", dependsOn: [] },
    ]);
  });
});
