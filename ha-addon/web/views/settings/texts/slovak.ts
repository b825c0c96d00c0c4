import { type AccessTexts, english } from "./english.ts";

export const slovak: AccessTexts = english;
