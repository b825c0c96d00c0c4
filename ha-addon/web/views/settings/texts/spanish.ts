import { type AccessTexts, english } from "./english.ts";

export const spanish: AccessTexts = english;
