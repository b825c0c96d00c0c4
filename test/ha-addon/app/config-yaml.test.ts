import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { type HomeLanguage, homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { optionsSchema, readOptions } from "@heatloop/ha-addon/settings/options";
import { logLevels } from "@heatloop/program/log";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import about from "../../../ha-addon/package.json" with { type: "json" };

async function yaml(path: string) {
  return parse(await readFile(new URL(`../../../${path}`, import.meta.url), "utf8"));
}

const app = new URL("../../../ha-addon/", import.meta.url).pathname;

type SupervisorSchema = { [key: string]: string | SupervisorSchema };
const config = await yaml("ha-addon/config.yaml");
const schema: SupervisorSchema = config.schema;

type JsonSchema = { properties?: Record<string, JsonSchema> };
const ours = z.toJSONSchema(optionsSchema, { io: "input", unrepresentable: "any" }) as JsonSchema;

function keysOf(supervisor: SupervisorSchema): unknown {
  return Object.fromEntries(
    Object.entries(supervisor).map(([key, type]) => [key, typeof type === "string" ? "value" : keysOf(type)]),
  );
}

function ownKeysOf({ properties = {} }: JsonSchema): unknown {
  return Object.fromEntries(
    Object.entries(properties).map(([key, type]) => [key, type.properties === undefined ? "value" : ownKeysOf(type)]),
  );
}

/** What the Supervisor lets a person save for one option (supervisor/apps/options.py). */
function supervisorTakes(type: string, value: string): boolean {
  const match = /^match\((.*)\)\?$/.exec(type)?.[1];
  const list = /^list\((.*)\)\?$/.exec(type)?.[1];
  if (match !== undefined) return new RegExp(match).test(value);
  if (list !== undefined) return list.split("|").includes(value);
  return type === "str?" || type === "password?";
}

const otherLanguages = homeLanguages.filter((language) => language !== "en");

/** What people there say as in English. */
const sameAsEnglish: Partial<Record<HomeLanguage, readonly string[]>> = { it: ["Password"] };

type Translation = { readonly [key: string]: string | Translation };

/** Every text by its path. */
function textsOf(translation: Translation, path = ""): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(translation).map(([key, text]) =>
      typeof text === "string" ? { [path + key]: text } : textsOf(text, `${path}${key}.`),
    ),
  );
}

/** The keys that our app has, by the Supervisor's schema of apps (supervisor/apps/validate.py); it drops those that it does not know. */
const supervisorConfig = z.strictObject({
  name: z.string(),
  version: z.string(),
  slug: z.string().regex(/^[-_.A-Za-z0-9]+$/),
  description: z.string(),
  url: z.url(),
  image: z.string().regex(/^[a-z0-9.-]+(\/[a-z0-9._-]+)+$/, "a name without a tag"),
  arch: z.array(z.enum(["aarch64", "amd64"])).min(1),
  homeassistant: z.string().regex(/^\d{4}\.\d{1,2}\.\d+$/),
  ingress: z.boolean(),
  panel_icon: z.string().regex(/^mdi:[a-z0-9-]+$/),
  homeassistant_api: z.boolean(),
  services: z.array(z.string().regex(/^(mqtt|mysql):(provide|want|need)$/)),
  map: z.array(
    z.strictObject({
      type: z.enum(["data", "ssl", "share", "media", "backup", "homeassistant_config", "app_config"]),
      read_only: z.boolean(),
    }),
  ),
  options: z.record(z.string(), z.unknown()),
  schema: z.record(z.string(), z.unknown()),
});

describe("the app's config.yaml", () => {
  it("has the same options as the program", () => {
    expect(keysOf(schema)).toEqual(ownKeysOf(ours));
  });

  it("needs none of them: each is optional, and the groups are there from the beginning", () => {
    const types = Object.values(schema).flatMap((type) => (typeof type === "string" ? [type] : Object.values(type)));
    expect(types.filter((type) => typeof type !== "string" || !type.endsWith("?"))).toEqual([]);
    const groups = Object.entries(schema).filter(([, type]) => typeof type !== "string");
    expect(config.options).toEqual(Object.fromEntries(groups.map(([key]) => [key, {}])));
    expect(readOptions(JSON.stringify(config.options)).ok).toBe(true);
  });

  it("offers the log levels of the program", () => {
    expect(schema.log_level).toBe(`list(${logLevels.join("|")})?`);
  });

  it.each([
    ["mqtt", "url", "mqtt://core-mosquitto:1883", {}],
    ["mqtt", "url", "mqtts://broker.example", {}],
    ["mqtt", "url", "", {}],
    ["mqtt", "url", "http://broker", {}],
    ["mqtt", "url", "broker", {}],
    ["mqtt", "ca_file", "/config/ca.crt", {}],
    ["mqtt", "ca_file", "ca.crt", {}],
    ["home_assistant", "url", "http://ha:8123", { token: "t" }],
    ["home_assistant", "url", "https://ha.example", { token: "t" }],
    ["home_assistant", "url", "ws://ha", { token: "t" }],
  ])("and the program agree on %s.%s %j", (group, key, value, beside) => {
    const type = (schema[group] as SupervisorSchema)[key];
    const read = readOptions(JSON.stringify({ [group]: { ...beside, [key]: value } }));
    expect(supervisorTakes(String(type), value)).toBe(read.ok);
  });

  it("has the version of the program", () => {
    expect(config.version).toBe(about.version);
  });

  it("has what Home Assistant needs, and repeats no default (the linter of apps refuses that)", () => {
    expect(config).toMatchObject({
      slug: "heatloop",
      arch: ["aarch64", "amd64"],
      ingress: true,
      homeassistant_api: true,
      services: ["mqtt:want"],
      map: [
        { type: "app_config", read_only: false },
        { type: "homeassistant_config", read_only: false },
      ],
    });
    const defaults = {
      startup: "application",
      boot: "auto",
      init: true,
      stage: "stable",
      ingress_port: 8099,
      panel_icon: "mdi:puzzle",
      panel_admin: true,
      backup: "hot",
      hassio_role: "default",
      timeout: 10,
      apparmor: true,
    };
    for (const [key, value] of Object.entries(defaults)) expect(config[key], key).not.toBe(value);
    expect(config).not.toHaveProperty("watchdog");
  });

  it("has keys and values that the Supervisor takes, and no other", () => {
    expect(supervisorConfig.safeParse(config).error?.issues).toBeUndefined();
    expect(supervisorConfig.safeParse({ ...config, image: "ghcr.io/heatloop/heatloop:1" }).success).toBe(false);
    expect(supervisorConfig.safeParse({ ...config, map: ["app_config:rw"] }).success).toBe(false);
  });

  it("is rated 8, the most that the Supervisor gives", () => {
    expect(ratingOf(config, { hasProfile: existsSync(`${app}apparmor.txt`), isSigned: true })).toBe(8);
  });

  it("asks for the same least Home Assistant as the card does of HACS, and as the page about installing says", async () => {
    expect(config.homeassistant).toBe((await yaml("hacs.json")).homeassistant);
    const [year, month] = config.homeassistant.split(".");
    expect(await readFile(`${app}../docs/install.md`, "utf8")).toContain(
      `**Home Assistant** | ${year}.${month} or newer;`,
    );
  });

  it("is translated into the languages in which people read Heatloop, by Home Assistant's names of them", async () => {
    const files = await readdir(`${app}translations`);
    expect(files.toSorted()).toEqual(homeLanguages.map((language) => `${language}.yaml`).toSorted());
  });

  it.each(homeLanguages)("has name and description of every option, and no other, in %s", async (language) => {
    const translation = await yaml(`ha-addon/translations/${language}.yaml`);
    const text = expect.stringMatching(/\S/);
    const texts = { name: text, description: text };
    const configuration = Object.entries(schema).map(([key, type]) => {
      if (typeof type === "string") return [key, texts];
      return [key, { ...texts, fields: Object.fromEntries(Object.keys(type).map((field) => [field, texts])) }];
    });
    expect(translation).toEqual({ configuration: Object.fromEntries(configuration) });
  });

  it.each(otherLanguages)("has no text in %s that is still English", async (language) => {
    const [texts, english] = await Promise.all(
      [language, "en"].map(async (each) => textsOf((await yaml(`ha-addon/translations/${each}.yaml`)).configuration)),
    );
    const same = Object.entries(texts ?? {}).filter(([path, text]) => text === english?.[path]);
    expect(same.filter(([, text]) => !sameAsEnglish[language]?.includes(text) && text !== "Home Assistant")).toEqual(
      [],
    );
  });
});

/** The Supervisor's security rating of an app, 1 to 8 (supervisor/apps/utils.py), of the keys that an app like this has. */
function ratingOf(
  app: Readonly<Record<string, unknown>>,
  image: { readonly hasProfile: boolean; readonly isSigned: boolean },
): number {
  if (app.docker_api || app.full_access) return 1;
  const privileged = Array.isArray(app.privileged) && app.privileged.length > 0;
  const points = [
    app.apparmor === false ? -1 : image.hasProfile ? 1 : 0,
    app.ingress ? 2 : app.auth_api ? 1 : 0,
    image.isSigned ? 1 : 0,
    privileged || app.kernel_modules ? -1 : 0,
    app.hassio_role === "manager" ? -1 : app.hassio_role === "admin" ? -2 : 0,
    app.host_network ? -1 : 0,
    app.host_pid ? -2 : 0,
  ];
  return Math.max(
    1,
    Math.min(
      8,
      points.reduce((sum, each) => sum + each, 5),
    ),
  );
}
