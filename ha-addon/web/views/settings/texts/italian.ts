import { type AccessTexts, english } from "./english.ts";

export const italian: AccessTexts = english;
