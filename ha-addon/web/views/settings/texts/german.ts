import { type AccessTexts, english } from "./english.ts";

export const german: AccessTexts = english;
