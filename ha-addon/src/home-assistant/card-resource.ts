import { cardEntry } from "./card-files.ts";

/** A script that every dashboard loads, as Home Assistant lists it. */
export type Resource = { readonly id: string; readonly type: string; readonly url: string };

/** Where the add-on puts the card, as dashboards load it. */
export const cardPath = `/local/heatloop/${cardEntry}`;

/** What is to be done with the resources, so that the card is loaded once, in this version. */
export type ResourceStep =
  | { readonly do: "nothing" }
  /** Somebody else's copy, of HACS or by hand: it is left alone, and ours is taken away. */
  | { readonly do: "leave"; readonly url: string; readonly remove: readonly string[] }
  | { readonly do: "create"; readonly url: string }
  | { readonly do: "update"; readonly id: string; readonly url: string; readonly remove: readonly string[] };

/** The step from the resources that there are; `version` makes browsers load a new file. */
export function resourceStep(resources: readonly Resource[], version: string): ResourceStep {
  const url = `${cardPath}?v=${version}`;
  const ours = resources.filter((resource) => pathOf(resource) === cardPath);
  const others = resources.filter(
    (resource) => pathOf(resource) !== cardPath && pathOf(resource).endsWith(`/${cardEntry}`),
  );
  const [other] = others;
  if (other !== undefined) return { do: "leave", url: other.url, remove: ours.map(({ id }) => id) };
  const [first, ...doubles] = ours;
  if (first === undefined) return { do: "create", url };
  if (first.url === url && first.type === "module" && doubles.length === 0) return { do: "nothing" };
  return { do: "update", id: first.id, url, remove: doubles.map(({ id }) => id) };
}

/** The path of a resource, without query; a whole URL counts by its path too. */
function pathOf({ url }: Resource): string {
  return URL.parse(url, "http://home-assistant")?.pathname ?? url;
}
