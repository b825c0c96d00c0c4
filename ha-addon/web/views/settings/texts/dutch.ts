import { type AccessTexts, english } from "./english.ts";

export const dutch: AccessTexts = english;
