import { type AccessTexts, english } from "./english.ts";

export const polish: AccessTexts = english;
