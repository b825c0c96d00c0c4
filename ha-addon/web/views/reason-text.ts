import type { Answer } from "../api/api.ts";
import type { PageInput } from "../page/page-input.ts";

/** Why a request failed, in the API's own words; that there was no answer at all, in the page's. */
export function reasonText(
  { status, detail }: Pick<Extract<Answer<unknown>, { ok: false }>, "status" | "detail">,
  texts: PageInput["texts"],
): string {
  return status === 0 ? texts.no_answer : detail;
}
