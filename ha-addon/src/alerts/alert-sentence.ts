import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { feedSentence, roomReasonText } from "../room-feed/texts/sentences.ts";
import type { AlertProblem } from "./alert-problem.ts";
import { problemText } from "./texts/problem-text.ts";

/** What is wrong and what to do, as a sentence of a language. */
export function alertSentence(problem: AlertProblem, language: HomeLanguage): string {
  switch (problem.code) {
    case "room_feed":
      return problemText({ ...problem, remarks: feedSentence(problem.remarks, language) }, language);
    case "room_not_used":
      return problemText({ ...problem, reason: roomReasonText(problem.reason, language) }, language);
    default:
      return problemText(problem, language);
  }
}
