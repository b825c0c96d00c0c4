import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";

const repository = "https://github.com/heatloop/heatloop";

/** A group of the navigation: its name, and its pages by their path in the project with what they are called there. */
export type PageGroup = { readonly name: string; readonly pages: Readonly<Record<string, string>> };

/** Every page of the site, in the order of its navigation. */
export const pageGroups: readonly PageGroup[] = [
  {
    name: "Begin",
    pages: {
      "README.md": "What it is",
      "docs/install.md": "Install",
      "docs/esp32.md": "The ESP32",
      "docs/first-run.md": "The first run",
      "docs/troubleshooting.md": "Troubleshooting",
    },
  },
  {
    name: "Use it",
    pages: {
      "ha-addon/DOCS.md": "The app: options, settings, alerts",
      "docs/card.md": "The card",
      "docs/room-feed.md": "The room feed",
      "docs/home-assistant.md": "In Home Assistant",
      "docs/alerts.md": "Who is told of alerts",
      "automations/README.md": "Automations",
      "automations/node-red/README.md": "Node-RED",
      "docs/container.md": "In a container",
      "docs/standalone.md": "Password and proxy",
      "docs/cloud.md": "A server in the cloud",
      "deploy/README.md": "That server in detail",
      "deploy/migrate.md": "From home to that server",
    },
  },
  {
    name: "Energy and the log",
    pages: {
      "docs/energy.md": "Energy explained",
      "docs/energy/sources.md": "Sources of heat and electricity",
      "docs/energy/day-events.md": "Defrosts, cycles, the house",
      "docs/energy/heating-curve.md": "The heating curve",
      "docs/energy/cost.md": "Cost",
      "docs/energy/reports.md": "Reports",
      "docs/energy/statistics.md": "Home Assistant's statistics",
      "docs/log-columns.md": "Columns of the log",
      "docs/energy/archive.md": "The archive",
      "docs/energy/fields.md": "Fields of the JSON",
      "docs/import.md": "Import",
      "docs/influxdb.md": "InfluxDB",
      "docs/grafana.md": "Grafana",
      "docs/api.md": "The API",
      "docs/hub.md": "The hub",
      "docs/hub-api.md": "The form of the hub's API",
      "docs/hub-nodes.md": "Homes at the hub",
      "docs/hub-dialects.md": "Other systems at the hub",
      "docs/hub-deploy.md": "A hub on a server",
      "docs/hub-reliability.md": "How reliable the hub is",
      "docs/hub-scale.md": "From one hub to a million homes",
      "docs/from-other-systems.md": "Other systems",
    },
  },
  {
    name: "The project",
    pages: {
      "docs/wishes.md": "What people wish for",
      "docs/reliability.md": "Reliability",
      "SECURITY.md": "Security",
      "CHANGELOG.md": "Changelog",
      "CONTRIBUTING.md": "Contributing",
      "docs/architecture.md": "Architecture",
      "docs/bench.md": "Bench",
      "docs/releasing.md": "Releasing",
    },
  },
];

/** The path of every page in the project. */
export const pagePaths: readonly string[] = pageGroups.flatMap(({ pages }) => Object.keys(pages));

/** The path of a page on the site, still as Markdown: a README is what its folder opens with. */
export function sitePath(page: string): string {
  return page.replace(/README\.md$/, "index.md");
}

/** The anchor of a heading as GitHub makes it, so that a link to it holds there and on the site. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}

/**
 * Where a link of a page leads on the site: to another page, or to the file in the repository. `page` is the page's path in the
 * project, whose folder is `root`. Throws where it leads nowhere.
 */
export function siteLink(root: string, page: string, link: string): string {
  if (/^[a-z]+:|^#/.test(link)) return link;
  const [path = "", anchor] = link.split("#");
  const behind = anchor === undefined ? "" : `#${anchor}`;
  const target = posix.normalize(posix.join(posix.dirname(page), decodeURI(path))).replace(/\/$/, "");
  const linked = [target, `${target}/README.md`].find((each) => pagePaths.includes(each));
  if (linked !== undefined) return `/${sitePath(linked)}${behind}`;
  const file = join(root, target);
  if (!existsSync(file)) throw new Error(`${page}: there is no ${target}`);
  return `${repository}/${statSync(file).isDirectory() ? "tree" : "blob"}/main/${target}${behind}`;
}
