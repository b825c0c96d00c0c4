import type { Item } from "./chart.ts";

/** How it is drawn: size in px, colours as the theme has them now, the font of the labels. */
export type Look = {
  readonly width: number;
  readonly height: number;
  /** In a right-to-left page the axis of values is drawn on the right. */
  readonly rtl: boolean;
  readonly shown: (item: Item) => boolean;
  readonly colorOf: (item: Item) => string;
  /** Stripes of a colour on a pale ground of it, which rise or fall to the right. */
  readonly stripesOf: (color: string, direction: "rising" | "falling") => CanvasPattern | string;
  readonly textColor: string;
  readonly gridColor: string;
  /** Of the labels. */
  readonly font: string;
  /** Width of a label in px. */
  readonly measure: (text: string) => number;
};
