/** The names of the page's views, in the order of the navigation. */
export const viewNames = [
  "live",
  "history",
  "power",
  "energy",
  "cycles",
  "curve",
  "report",
  "downloads",
  "rooms",
  "alerts",
  "health",
  "settings",
] as const;
export type PageView = (typeof viewNames)[number] | "first-run";

/** The view that an address means: `#/history`; the first one where it means none. */
export function viewOfHash(hash: string): PageView {
  const name = hash.replace(/^#\/?/, "").split("?", 1)[0];
  if (name === "first-run") return name;
  return viewNames.find((each) => each === name) ?? "live";
}

/** The address of a view, relative to the page; `section`: what of it is wanted. */
export function hashOf(view: PageView, section?: string): string {
  return section === undefined ? `#/${view}` : `#/${view}?${section}`;
}

/** Whether the address that is open asks for a section of its view. */
export function isAskedFor(section: string): boolean {
  return window.location.hash.endsWith(`?${section}`);
}
