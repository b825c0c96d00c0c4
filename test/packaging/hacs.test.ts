import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cardPath, resourceStep } from "@heatloop/ha-addon/home-assistant/card-resource";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { writeReleaseAssets } from "#scripts/release-assets.ts";
import { type BuiltCard, builtCard } from "#test/lovelace-card/support/built-card.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import about from "../../package.json" with { type: "json" };

const root = new URL("../../", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${root}hacs.json`, "utf8"));
const repository = "heatloop";

/** hacs.json as HACS takes it (hacs/integration, utils/validate.py); Home Assistant's Marketplace reads no other keys. */
const hacsJson = z.strictObject({
  name: z.string(),
  content_in_root: z.boolean().optional(),
  country: z.union([z.string(), z.array(z.string())]).optional(),
  filename: z.string().optional(),
  hacs: z.string().optional(),
  hide_default_branch: z.boolean().optional(),
  homeassistant: z.string().optional(),
  persistent_directory: z.string().optional(),
  render_readme: z.boolean().optional(),
  zip_release: z.boolean().optional(),
});

/** What HACS and the Marketplace would install, and from where; undefined where they refuse (repositories/plugin.py of both). */
function installed(assets: readonly string[], tree: readonly string[]) {
  const names = manifest.filename === undefined ? [`${repository}.js`] : [manifest.filename];
  for (const file of names) {
    if (!manifest.content_in_root && assets.includes(file)) return { from: "release", file, files: assets };
  }
  for (const file of names) {
    if (tree.includes(file)) return { from: "root", file, files: tree.filter((path) => /^[^/]+\.js$/.test(path)) };
    const dist = tree.filter((path) => path.startsWith("dist/"));
    if (dist.includes(`dist/${file}`)) return { from: "dist", file, files: dist };
  }
  return undefined;
}

const tree = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");

let card: BuiltCard;

beforeAll(async () => {
  card = await builtCard();
});

/** A folder in which the card was built, and that of a release which `write` makes of it. */
function release() {
  const built = temporaryFolder();
  for (const [name, code] of card) {
    writeFileSync(join(built, name), code);
    writeFileSync(join(built, `${name}.map`), "{}");
  }
  const assets = join(temporaryFolder(), "assets");
  return { assets, write: () => writeReleaseAssets(join(built, "heatloop-card.js"), assets), built };
}

describe("the repository by the rules of HACS for a card", () => {
  it("has a hacs.json with keys that are allowed", () => {
    expect(hacsJson.safeParse(manifest).error).toBeUndefined();
    expect(manifest.homeassistant).toMatch(/^\d{4}\.\d{1,2}\.\d+$/);
  });

  it("is downloaded file by file, as what is in a ZIP would not be found", () => {
    expect(manifest).not.toHaveProperty("zip_release");
    expect(manifest).not.toHaveProperty("content_in_root");
    expect(manifest.filename).toMatch(/^[^/]+\.js$/);
  });

  it("offers releases alone, as a clone has no built card", () => {
    expect(installed([], tree)).toBeUndefined();
    expect(manifest.hide_default_branch).toBe(true);
  });

  it("has a README with a picture, and a licence that the OSI approves", () => {
    expect(readFileSync(`${root}README.md`, "utf8")).toMatch(/^!\[.+\]\(docs\/pictures\/.+\.png\)$/m);
    expect(about.license).toBe("MIT");
    expect(readFileSync(`${root}LICENSE`, "utf8")).toMatch(/^MIT License/);
  });
});

describe("a release", () => {
  it("has the card, and all that any of its files loads", async () => {
    const { assets, write } = release();
    expect((await write()).toSorted()).toEqual([...card.keys()].toSorted());
    const found = installed(readdirSync(assets), tree);
    expect(found).toMatchObject({ from: "release", file: "heatloop-card.js" });
    const loaded = [...card.values()].flatMap((code) => code.match(/heatloop-[a-z-]+-[0-9a-f]{8}\.js/g) ?? []);
    expect(new Set(loaded).size).toBe(card.size - 1);
    expect([...new Set(loaded)].filter((name) => !found?.files.includes(name))).toEqual([]);
    for (const [name, code] of card) expect(readFileSync(join(assets, name), "utf8") === code, name).toBe(true);
  });

  it("has nothing for which no one asks, such as source maps", async () => {
    const { assets, write } = release();
    await write();
    expect(readdirSync(assets).filter((name) => !name.endsWith(".js"))).toEqual([]);
  });

  it("is not made of half a card, nor mixed with a former one", async () => {
    const { assets, built, write } = release();
    const german = readdirSync(built).find((name) => /^heatloop-late-german-\w+\.js$/.test(name)) as string;
    const text = readFileSync(join(built, german));
    rmSync(join(built, german));
    await expect(write()).rejects.toThrow(german);
    expect(existsSync(assets)).toBe(false);
    writeFileSync(join(built, german), text);
    mkdirSync(assets);
    await expect(write()).rejects.toThrow("EEXIST");
  });
});

describe("the card of a release in Home Assistant", () => {
  it.each([
    ["HACS", `/hacsfiles/${repository}/${manifest.filename}?hacstag=12010`],
    ["the Marketplace", `/local/community/${repository}/${manifest.filename}?v=12-v0.1.0`],
  ])("is left alone by the app where %s put it", (_by, url) => {
    const resources = [
      { id: "theirs", type: "module", url },
      { id: "ours", type: "module", url: cardPath },
    ];
    expect(resourceStep(resources, "1")).toEqual({ do: "leave", url, remove: ["ours"] });
  });
});
