import { type AccessTexts, english } from "./english.ts";

export const danish: AccessTexts = english;
