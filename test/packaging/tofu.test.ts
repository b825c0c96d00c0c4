import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const deploy = resolve(import.meta.dirname, "../../deploy");
/** What scripts/test installs: python-hcl2, which reads the language as OpenTofu does. */
const hcl2 = process.env.HEATLOOP_HCL2;
const kinds = readdirSync(join(deploy, "tofu"));

type Block = Readonly<Record<string, unknown>>;

/** Strings are written with their quotes, to be told from expressions. */
const bare = (text: string) => text.replace(/^"|"$/g, "").replaceAll('\\"', '"');

function read(kind: string) {
  const folder = join(deploy, "tofu", kind);
  const files = readdirSync(folder).map((name) => join(folder, name));
  const documents = files.map((file) => JSON.parse(execFileSync(hcl2 ?? "", [file], { encoding: "utf8" })) as Block);
  const all = (what: string) => documents.flatMap((document) => (document[what] ?? []) as Block[]);
  const named = (what: string) =>
    Object.fromEntries(
      all(what).flatMap((block) => Object.entries(block).map(([name, of]) => [bare(name), of as Block])),
    );
  const resources = Object.fromEntries(
    all("resource").flatMap((block) =>
      Object.entries(block).flatMap(([type, of]) =>
        Object.entries(of as Block).map(([name, what]) => [`${bare(type)}.${bare(name)}`, what as Block]),
      ),
    ),
  );
  return {
    text: files.map((file) => readFileSync(file, "utf8")).join("\n"),
    variables: named("variable"),
    locals: Object.assign({}, ...all("locals")) as Block,
    resources,
    terraform: all("terraform"),
  };
}

describe.each(hcl2 === undefined ? [] : kinds)("the servers of deploy/tofu/%s", (kind) => {
  const { text, variables, locals, resources, terraform } = read(kind);

  it("ask for what they use, each with its kind and what it is", () => {
    const used = new Set([...text.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name));
    expect(Object.keys(variables).toSorted()).toEqual([...used].toSorted());
    for (const [name, variable] of Object.entries(variables)) {
      expect(variable.type, name).toBeDefined();
      expect(variable.description, name).toMatch(/\."$/);
    }
  });

  it("say which version of OpenTofu and of each provider they are for", () => {
    const [block] = terraform;
    expect(block?.required_version).toMatch(/>= \d/);
    const [providers = {}] = (block?.required_providers ?? []) as Block[];
    for (const [name, provider] of Object.entries(providers)) {
      if (name !== "__is_block__") expect((provider as Block).version, name).toMatch(/~> \d/);
    }
  });

  it("hold no secret, and take files that there are", () => {
    expect(text).not.toMatch(/password\s*=|token\s*=|private_key\s*=|secret\w*\s*=/i);
    const files = [...text.matchAll(/file\("\$\{path\.module\}\/([^"]+)"\)/g)].map(([, path = ""]) => path);
    for (const path of files) expect(existsSync(join(deploy, "tofu", kind, path)), path).toBe(true);
    expect(files).toHaveLength(kind === "ssh" ? 0 : 1);
  });

  it("let in SSH, HTTPS and the broker alone", () => {
    const lists = Object.entries(resources).filter(([name]) => /security_list|firewall/.test(name));
    expect(lists).toHaveLength(kind === "ssh" ? 0 : 1);
    for (const [, list] of lists) {
      const [dynamic = {}] = list.dynamic as Block[];
      const [opened = {}] = Object.values(dynamic) as Block[];
      expect((opened.for_each as (string | number)[]).map((port) => Number(bare(String(port))))).toEqual([
        22, 443, 8883,
      ]);
    }
  });

  it("give cloud-init answers that stand in its text", () => {
    const lines = readFileSync(join(deploy, "cloud-init.yaml"), "utf8")
      .split("\n")
      .map((line) => line.trim());
    const keys = Object.keys((locals.answers ?? {}) as Block)
      .map(bare)
      .filter((key) => key !== "__is_block__");
    expect(keys.length).toBe({ oracle: 4, hetzner: 3, ssh: 0 }[kind]);
    for (const key of keys)
      expect(
        lines.filter((line) => line === key),
        key,
      ).toHaveLength(1);
  });
});

it.runIf(hcl2 !== undefined)(
  "the server of deploy/tofu/oracle is as large as what Oracle gives away, with an address that stays and an alarm",
  () => {
    const { resources } = read("oracle");
    const server = resources["oci_core_instance.server"] as Block;
    expect(server).toMatchObject({
      shape: '"VM.Standard.A1.Flex"',
      shape_config: [{ ocpus: 2, memory_in_gbs: 12 }],
      source_details: [{ boot_volume_size_in_gbs: 100 }],
      create_vnic_details: [{ assign_public_ip: false }],
    });
    expect(resources["oci_core_public_ip.server"]).toMatchObject({ lifetime: '"RESERVED"' });
    expect(resources["oci_budget_alert_rule.first_cent"]).toMatchObject({ type: '"ACTUAL"', threshold: 1 });
  },
);
