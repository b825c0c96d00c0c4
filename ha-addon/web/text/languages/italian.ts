import { english, type PageTexts } from "./english.ts";

export const italian: PageTexts = english;
