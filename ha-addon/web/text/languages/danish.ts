import { english, type PageTexts } from "./english.ts";

export const danish: PageTexts = english;
