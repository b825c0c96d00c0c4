import { english, type PageTexts } from "./english.ts";

export const finnish: PageTexts = english;
