import type { Item } from "./chart.ts";

/** How it is drawn: colours as the theme has them now. */
export type Look = {
  readonly colorOf: (item: Item) => string;
  readonly shown: (item: Item) => boolean;
  readonly textColor: string;
  readonly gridColor: string;
  readonly rtl: boolean;
};
