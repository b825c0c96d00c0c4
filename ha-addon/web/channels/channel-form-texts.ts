import { partTexts } from "../text/page-texts.ts";
import { type ChannelFormTexts, english } from "./texts/english.ts";

/** The texts of the channels' form in each language. */
export const channelFormTexts = partTexts<ChannelFormTexts>(english, {
  de: () => import("./texts/german.ts").then(({ german }) => german),
  nl: () => import("./texts/dutch.ts").then(({ dutch }) => dutch),
  da: () => import("./texts/danish.ts").then(({ danish }) => danish),
  no: () => import("./texts/norwegian.ts").then(({ norwegian }) => norwegian),
  sv: () => import("./texts/swedish.ts").then(({ swedish }) => swedish),
  it: () => import("./texts/italian.ts").then(({ italian }) => italian),
  es: () => import("./texts/spanish.ts").then(({ spanish }) => spanish),
  fr: () => import("./texts/french.ts").then(({ french }) => french),
  pl: () => import("./texts/polish.ts").then(({ polish }) => polish),
  sk: () => import("./texts/slovak.ts").then(({ slovak }) => slovak),
  fi: () => import("./texts/finnish.ts").then(({ finnish }) => finnish),
});
