import { english, type PageTexts } from "./english.ts";

export const slovak: PageTexts = english;
