import type { Answer } from "../../api/api.ts";
import type { PageInput } from "../../page/page-input.ts";
import { reasonText } from "../reason-text.ts";

/** What was answered last, and why there is no newer answer where the last request failed. */
export type Asked<T> = { readonly value: T | undefined; readonly failure: string };

export const notAsked = { value: undefined, failure: "" } as const;

/** After another answer; a request that failed leaves what is known. */
export function afterAnswer<T>(before: Asked<T>, answer: Answer<T>, texts: PageInput["texts"]): Asked<T> {
  return answer.ok ? { value: answer.value, failure: "" } : { ...before, failure: reasonText(answer, texts) };
}
