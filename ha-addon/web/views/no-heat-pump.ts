import { html, nothing } from "lit";
import type { PageInput } from "../page/page-input.ts";
import { hashOf } from "../page/route.ts";

/** What a view of a heat pump shows where there is none. */
export function noHeatPump({ live, texts, session }: Pick<PageInput, "live" | "texts" | "session">) {
  if (live.version === "") return html`<p class="quiet" role="status">${texts.connecting}</p>`;
  return html`<section class="panel">
    <p>${texts.no_heat_pump}</p>
    ${session.may_change ? html`<a class="button" href=${hashOf("first-run")}>${texts.set_up}</a>` : nothing}
  </section>`;
}
