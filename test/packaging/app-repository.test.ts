import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const repository = parse(read("repository.yaml"));
const buttons = /https:\/\/my\.home-assistant\.io\/redirect\/[^)\s]+/g;

function linksOf(path: string) {
  return (read(path).match(buttons) ?? []).map((link) => new URL(link));
}

describe("the repository of the app", () => {
  it("has the keys that the Supervisor knows, and the address of the app", () => {
    const { url } = parse(read("ha-addon/config.yaml"));
    expect(repository).toEqual({ name: "Heatloop", url, maintainer: expect.any(String) });
  });

  it.each(["README.md", "ha-addon/DOCS.md"])(
    "is added to a Home Assistant by a link in %s, or by its address",
    (path) => {
      const added = linksOf(path).filter(({ pathname }) => pathname === "/redirect/supervisor_add_addon_repository/");
      expect(added.map(({ searchParams }) => [...searchParams])).toEqual([[["repository_url", repository.url]]]);
      expect(read(path)).toContain(`\`${repository.url}\``);
    },
  );

  it("is that of the card in docs/card.md, as a dashboard's and by its address", () => {
    const [owner, name] = new URL(repository.url).pathname.slice(1).split("/");
    const added = linksOf("docs/card.md").filter(({ pathname }) => pathname === "/redirect/hacs_repository/");
    expect(added.map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual([
      { owner, repository: name, category: "plugin" },
    ]);
    expect(read("docs/card.md")).toContain(`\`${repository.url}\``);
  });
});
