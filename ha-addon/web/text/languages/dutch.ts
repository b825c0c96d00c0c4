import { english, type PageTexts } from "./english.ts";

export const dutch: PageTexts = english;
