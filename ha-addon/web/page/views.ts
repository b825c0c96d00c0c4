import { element as liveElement } from "../views/live/live-view.ts";
import type { PageElement } from "./page-input.ts";
import type { PageView } from "./route.ts";

type ViewFile = { readonly element: new () => PageElement };

/** The first view comes with the page; each other one is a file of its own, loaded when it is first looked at. */
const files: Readonly<Record<PageView, () => ViewFile | Promise<ViewFile>>> = {
  live: () => ({ element: liveElement }),
  history: () => import("../views/history/history-view.ts"),
  power: () => import("../views/power/power-view.ts"),
  energy: () => import("../views/energy/energy-view.ts"),
  cycles: () => import("../views/cycles/cycles-view.ts"),
  curve: () => import("../views/curve/curve-view.ts"),
  report: () => import("../views/report/report-view.ts"),
  downloads: () => import("../views/downloads/downloads-view.ts"),
  rooms: () => import("../views/rooms/rooms-view.ts"),
  alerts: () => import("../views/alerts/alerts-view.ts"),
  health: () => import("../views/health/health-view.ts"),
  settings: () => import("../views/settings/settings-view.ts"),
  "first-run": () => import("../views/first-run/first-run-view.ts"),
};

/** Makes the element of a view, loading its file first. Rejects where that cannot be had. */
export async function makeView(name: PageView): Promise<PageElement> {
  const { element } = await files[name]();
  const tag = `page-${name}`;
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
  return document.createElement(tag) as PageElement;
}
