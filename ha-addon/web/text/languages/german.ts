import { english, type PageTexts } from "./english.ts";

export const german: PageTexts = english;
