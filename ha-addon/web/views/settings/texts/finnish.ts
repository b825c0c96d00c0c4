import { type AccessTexts, english } from "./english.ts";

export const finnish: AccessTexts = english;
