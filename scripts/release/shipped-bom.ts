import type { BundledPackage } from "./bundled-packages.ts";

/** Of a CycloneDX 1.5 document what is read or changed here; the rest of it stays as npm wrote it. */
export type Bom = {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: { readonly lifecycles?: readonly { readonly phase: string }[]; readonly component: BomComponent };
  readonly components: readonly BomComponent[];
  readonly dependencies: readonly BomDependency[];
};

export type BomComponent = {
  readonly "bom-ref": string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly { readonly license: { readonly id?: string } }[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
};

export type BomDependency = { readonly ref: string; readonly dependsOn: readonly string[] };

/** The parts of Heatloop itself, which are in no registry. */
const ownPart = /^@heatloop\//;

/**
 * A document of all that is installed -> one of what is shipped: its components are the packages whose code is in the
 * bundles. A dependency that is not shipped hands its own ones on. What is shipped and npm does not know (Swagger UI, which
 * another package has a copy of) is Heatloop's own dependency.
 */
export function shippedBom(installed: Bom, packages: readonly BundledPackage[]): Bom {
  const shipped = new Set(packages.map(refOf));
  const known = installed.components.filter((component) => shipped.has(component["bom-ref"]));
  const copies = packages.filter((each) => known.every((component) => component["bom-ref"] !== refOf(each)));
  const whole = installed.metadata.component;
  const purl = `pkg:github/heatloop/heatloop@v${whole.version}`;
  const program = { ...whole, type: "application", name: "heatloop", purl };
  // What Heatloop itself names beside its parts is for development.
  const parts = installed.dependencies.filter(({ ref }) => ownPart.test(ref)).map(({ ref }) => ref);
  const ownDependencies = [...dependenciesOf(parts, installed, shipped), ...copies.map(refOf)];
  return {
    ...installed,
    metadata: { ...installed.metadata, lifecycles: [{ phase: "build" }], component: program },
    components: [...known, ...copies.map(componentOf)],
    dependencies: [
      { ref: program["bom-ref"], dependsOn: ownDependencies.sort() },
      ...known.map(({ "bom-ref": ref }) => ({ ref, dependsOn: dependenciesOf([ref], installed, shipped) })),
      ...copies.map((each) => ({ ref: refOf(each), dependsOn: [] })),
    ],
  };
}

function refOf({ name, version }: BundledPackage): string {
  return `${name}@${version}`;
}

function componentOf(each: BundledPackage): BomComponent {
  const ref = refOf(each);
  return {
    "bom-ref": ref,
    type: "library",
    name: each.name,
    version: each.version,
    purl: `pkg:npm/${ref.replace(/^@/, "%40")}`,
    licenses: [{ license: { id: each.licence } }],
  };
}

/** The shipped ones that some depend on, directly or through what is not shipped. */
function dependenciesOf(refs: readonly string[], { dependencies }: Bom, shipped: ReadonlySet<string>): string[] {
  const seen = new Set(refs);
  const waiting = [...refs];
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    const next = dependencies.find((each) => each.ref === ref)?.dependsOn ?? [];
    for (const each of next.filter((one) => !seen.has(one))) {
      seen.add(each);
      if (!shipped.has(each)) waiting.push(each);
    }
  }
  return [...seen].filter((ref) => shipped.has(ref) && !refs.includes(ref)).sort();
}
