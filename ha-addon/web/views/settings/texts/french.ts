import { type AccessTexts, english } from "./english.ts";

export const french: AccessTexts = english;
