import { english, type PageTexts } from "./english.ts";

export const polish: PageTexts = english;
