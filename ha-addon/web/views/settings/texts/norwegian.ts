import { type AccessTexts, english } from "./english.ts";

export const norwegian: AccessTexts = english;
