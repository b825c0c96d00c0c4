import { english, type PageTexts } from "./english.ts";

export const spanish: PageTexts = english;
