import { type AccessTexts, english } from "./english.ts";

export const swedish: AccessTexts = english;
