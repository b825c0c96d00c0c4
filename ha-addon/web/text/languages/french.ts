import { english, type PageTexts } from "./english.ts";

export const french: PageTexts = english;
