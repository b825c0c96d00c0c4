import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { actionlintFindings, hasActionlint } from "#test/support/actionlint.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".github/workflows");
const files = readdirSync(folder);

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | boolean | number>>;
};
type Job = {
  readonly uses?: string;
  readonly "runs-on"?: string;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly strategy?: {
    readonly matrix: { readonly include: readonly { readonly arch: string; readonly os: string }[] };
  };
  readonly steps?: readonly Step[];
};
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
};

function workflow(file: string): Workflow {
  return parse(readFileSync(join(folder, file), "utf8"));
}

function stepsOf(file: string): Step[] {
  return Object.values(workflow(file).jobs).flatMap(({ steps = [] }) => steps);
}

describe.skipIf(!hasActionlint())("actionlint", () => {
  it.each(files)("finds nothing in %s", (file) => {
    expect(actionlintFindings(join(folder, file))).toBe("");
  });

  it("finds what is wrong", () => {
    const wrong = join(temporaryFolder(), "wrong.yaml");
    writeFileSync(
      wrong,
      readFileSync(join(folder, "release.yaml"), "utf8").replace("needs: version", "needs: versoin"),
    );
    expect(actionlintFindings(wrong)).toContain("versoin");
  });
});

describe("a workflow", () => {
  it("is there for pull requests, releases, changelog and Home Assistant's beta", () => {
    expect(files.sort()).toEqual(["beta.yaml", "changelog.yaml", "check.yaml", "release.yaml"]);
    const triggers = Object.fromEntries(files.map((file) => [file, workflow(file).on]));
    expect(triggers["check.yaml"]).toEqual({ push: { branches: ["main"] }, pull_request: null, workflow_call: null });
    expect(triggers["release.yaml"]).toEqual({ push: { tags: ["v*"] } });
    expect(triggers["beta.yaml"]).toMatchObject({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) }] });
  });

  it.each(files)("%s may only read, but for the jobs that publish", (file) => {
    const { permissions, jobs } = workflow(file);
    expect(permissions).toEqual({ contents: "read" });
    const more = Object.entries(jobs).flatMap(([name, job]) => (job.permissions ? [[name, job.permissions]] : []));
    const published = {
      image: { contents: "read", "id-token": "write", packages: "write" },
      manifest: { "id-token": "write", packages: "write" },
      "hub-image": { contents: "read", "id-token": "write", packages: "write" },
      "hub-manifest": { "id-token": "write", packages: "write" },
      release: { contents: "write" },
    };
    expect(Object.fromEntries(more)).toEqual(file === "release.yaml" ? published : {});
  });

  it.each(files)("%s pins actions by their version, and leaves no token in the checkout", (file) => {
    for (const { uses = "", with: words } of stepsOf(file).filter((step) => step.uses !== undefined)) {
      expect(uses).toMatch(/^[\w-]+\/[\w/-]+@(v\d+|\d{4}\.\d\d\.\d)$/);
      if (uses.startsWith("actions/checkout@")) expect(words).toMatchObject({ "persist-credentials": false });
    }
  });

  it.each(files)("%s ends in time, on a known machine", (file) => {
    for (const [name, job] of Object.entries(workflow(file).jobs)) {
      if (job.uses !== undefined) expect([name, existsSync(join(root, job.uses))]).toEqual([name, true]);
      else expect([name, job["timeout-minutes"]]).toEqual([name, expect.any(Number)]);
      expect(job.uses ?? job["runs-on"]).toMatch(
        /^(ubuntu-24\.04|\$\{\{ matrix\.os \}\}|\.\/\.github\/workflows\/check\.yaml)$/,
      );
    }
  });

  it.each(files)("%s runs only what is there, and puts nothing that others write into a shell", (file) => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const commands = stepsOf(file).flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(commands.join("\n")).not.toContain("${{");
    for (const command of commands) {
      for (const [path] of command.matchAll(/\b(scripts|test|ha-addon)\/[\w./-]+/g)) {
        expect([path, existsSync(join(root, path))]).toEqual([path, true]);
      }
      for (const [, name = ""] of command.matchAll(/npm run (?:--silent )?([\w-]+)/g)) {
        expect(Object.keys(scripts)).toContain(name);
      }
    }
  });
});

describe("a pull request", () => {
  it("is checked for types, style, known holes of packages, tests, the image and the site", () => {
    const commands = stepsOf("check.yaml").flatMap(({ run = [] }) => run);
    expect(commands).toEqual(
      expect.arrayContaining([
        "npm run --silent check",
        "npm audit",
        expect.stringMatching(/ scripts\/test$/),
        "npm run --silent site",
        "npm audit --prefix site",
        expect.stringMatching(/^docker build --file ha-addon\/Dockerfile/),
      ]),
    );
  });
});

describe("a release", () => {
  const { jobs } = workflow("release.yaml");
  const app = parse(readFileSync(join(root, "ha-addon/config.yaml"), "utf8"));
  const needsOf = (name: string): string[] => [jobs[name]?.needs ?? []].flat();
  const inputsOf = (name: string) => jobs[name]?.steps?.at(-1)?.with ?? {};

  it("begins with the version, and publishes nothing that is not checked", () => {
    const earlier = (name: string): string[] => needsOf(name).flatMap((each) => [each, ...earlier(each)]);
    expect(needsOf("version")).toEqual([]);
    for (const name of ["image", "manifest", "hub-image", "hub-manifest", "release"]) {
      expect(earlier(name)).toEqual(expect.arrayContaining(["version", "check"]));
    }
    expect(earlier("release")).toEqual(expect.arrayContaining(["manifest", "hub-manifest", "files"]));
  });

  it("publishes the image that the app's config.yaml names, for each of its architectures", () => {
    const { "registry-prefix": prefix, "image-name": name, architectures } = inputsOf("manifest");
    expect(`${prefix}/${name}`).toBe(app.image);
    expect(JSON.parse(String(architectures))).toEqual(app.arch);
    expect(jobs.image?.strategy?.matrix.include.map(({ arch }) => arch)).toEqual(app.arch);
    expect(inputsOf("image").image).toBe(`${prefix}/\${{ matrix.arch }}-${name}`);
    expect(inputsOf("image")).toMatchObject({ file: "ha-addon/Dockerfile", push: true });
  });

  it("publishes the image that the hub's compose file names, by this version", () => {
    const { "registry-prefix": prefix, "image-name": name } = inputsOf("hub-manifest");
    const { services } = parse(readFileSync(join(root, "deploy/hub/compose.yaml"), "utf8"), { merge: true });
    for (const hub of ["hub-1", "hub-2"]) expect(services[hub].image).toBe(`${prefix}/${name}:${app.version}`);
    expect(inputsOf("hub-image").image).toBe(`${prefix}/\${{ matrix.arch }}-${name}`);
    expect(inputsOf("hub-image")).toMatchObject({ file: "hub/Dockerfile", push: true });
  });

  it("labels the image as the Supervisor and people know the app, and signs it", () => {
    const labels = String(inputsOf("image").labels).trim().split("\n");
    expect(labels).toEqual([
      "io.hass.type=app",
      `io.hass.name=${app.name}`,
      `io.hass.description=${app.description}`,
      `io.hass.url=${app.url}`,
      "org.opencontainers.image.licenses=MIT",
    ]);
    // The actions sign unless told not to.
    for (const name of ["image", "manifest", "hub-image", "hub-manifest"])
      expect(inputsOf(name)).not.toHaveProperty("cosign");
  });

  it("has the card's files as HACS looks for them, notices and the bill of materials", () => {
    const commands = stepsOf("release.yaml")
      .flatMap(({ run = [] }) => run)
      .join("\n");
    expect(commands).toContain("node scripts/release-assets.ts release/files");
    expect(commands).toContain("cp lovelace-card/dist/THIRD-PARTY-NOTICES.txt release/files");
    expect(commands).toContain("npm run --silent sbom >release/files/heatloop.cdx.json");
  });

  it("has the files for servers where HACS does not look, before the version is published", () => {
    const commands = (jobs.release?.steps ?? []).flatMap(({ run = [] }) => run);
    expect(commands).toEqual([
      expect.stringMatching(/^gh release upload server [^\n]*\.tar\.gz\ngh release upload server [^\n]*SHA256SUMS\n$/),
      expect.stringMatching(/^gh release create "\$GITHUB_REF_NAME" [^\n]* files\/\*$/),
    ]);
    const made = jobs.files?.steps?.flatMap(({ run = [] }) => run).join("\n");
    expect(made).toContain("node scripts/release/server-asset.ts release/server sums");
  });
});

describe("Renovate", () => {
  const renovate = JSON.parse(readFileSync(join(root, "renovate.json"), "utf8"));

  it("keeps packages, actions, images and the image's Node.js, once a week, together", () => {
    const files = ["dockerfile", "docker-compose", "custom.regex"];
    expect(renovate.enabledManagers).toEqual(["npm", "github-actions", ...files]);
    expect(renovate.schedule).toEqual(["before 6am on monday"]);
    expect(renovate.labels).toContain("no changelog");
  });

  it("finds the version of Home Assistant wherever a script has it", () => {
    const [{ managerFilePatterns: files, matchStrings: patterns }] = renovate.customManagers;
    const found = files.map((file: string) => {
      const text = readFileSync(join(root, file), "utf8");
      return patterns.flatMap((pattern: string) => new RegExp(pattern).exec(text)?.groups?.currentValue ?? []);
    });
    expect(found).toEqual([[expect.stringMatching(/^\d{4}\.\d+\.\d+$/)], found[0]]);
  });
});
