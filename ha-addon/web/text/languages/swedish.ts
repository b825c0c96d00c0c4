import { english, type PageTexts } from "./english.ts";

export const swedish: PageTexts = english;
