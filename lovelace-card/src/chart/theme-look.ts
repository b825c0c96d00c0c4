import type { LitElement } from "lit";
import type { Item } from "./chart.ts";
import type { Look } from "./look.ts";
import { stripes } from "./stripes.ts";

/** The look of a chart on a canvas now: the size of its place, and font and colours of the theme on the page. */
export function themeLook(host: LitElement, canvas: HTMLCanvasElement, shown: (item: Item) => boolean): Look {
  const { clientWidth: width, clientHeight: height } = canvas.parentElement as HTMLElement;
  const style = getComputedStyle(host);
  const context = canvas.getContext("2d");
  const font = `12px ${style.fontFamily}`;
  if (context !== null) context.font = font;
  const colors = computedColors(host);
  return {
    width,
    height,
    rtl: style.direction === "rtl",
    shown,
    colorOf: ({ color }) => colors.get(color) ?? "gray",
    stripesOf: stripes,
    textColor: style.getPropertyValue("--secondary-text-color") || style.color,
    gridColor: style.getPropertyValue("--divider-color") || "rgb(128 128 128 / 30%)",
    font,
    measure: (text) => context?.measureText(text).width ?? 0,
  };
}

/** What the browser makes of each colour of the chart: a canvas knows no variables of CSS. */
function computedColors(host: LitElement): ReadonlyMap<string, string> {
  const samples = host.renderRoot.querySelectorAll<HTMLElement>("[data-color]");
  return new Map([...samples].map((sample) => [sample.dataset.color ?? "", getComputedStyle(sample).color]));
}
