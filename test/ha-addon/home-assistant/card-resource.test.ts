import { cardPath, type Resource, resourceStep } from "@heatloop/ha-addon/home-assistant/card-resource";
import { describe, expect, it } from "vitest";

const ours = (id: string, query: string): Resource => ({ id, type: "module", url: `${cardPath}${query}` });
const hacs: Resource = { id: "h", type: "module", url: "/hacsfiles/heatloop/heatloop-card.js?hacstag=12" };
const other: Resource = { id: "o", type: "module", url: "/local/mini-graph-card.js" };

describe("the card among the dashboards' resources", () => {
  it.each([
    ["is not there", [other], { do: "create", url: `${cardPath}?v=2` }],
    ["is there in this version", [other, ours("a", "?v=2")], { do: "nothing" }],
    ["is there in another version", [ours("a", "?v=1")], { do: "update", id: "a", url: `${cardPath}?v=2`, remove: [] }],
    [
      "is there twice",
      [ours("a", "?v=2"), ours("b", "")],
      { do: "update", id: "a", url: `${cardPath}?v=2`, remove: ["b"] },
    ],
    [
      "is no module",
      [{ ...ours("a", "?v=2"), type: "js" }],
      { do: "update", id: "a", url: `${cardPath}?v=2`, remove: [] },
    ],
    ["is there by HACS", [hacs], { do: "leave", url: hacs.url, remove: [] }],
    ["is there by HACS and by us", [ours("a", "?v=1"), hacs], { do: "leave", url: hacs.url, remove: ["a"] }],
    [
      "was put there by hand",
      [{ id: "m", type: "module", url: "http://ha.local:8123/local/heatloop-card.js" }],
      { do: "leave", url: "http://ha.local:8123/local/heatloop-card.js", remove: [] },
    ],
  ] as const)("%s", (_case, resources, step) => {
    expect(resourceStep(resources, "2")).toEqual(step);
  });
});
