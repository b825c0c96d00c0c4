import { english, type PageTexts } from "./english.ts";

export const norwegian: PageTexts = english;
