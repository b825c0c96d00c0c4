import type { z } from "zod";
import type { sessionSchema } from "../../src/web/access/schemas.ts";
import type { Api } from "../api/api.ts";

/** Who looks at the page, as `GET api/session` has it. */
export type PageSession = z.output<typeof sessionSchema>;

/** Somebody who was sent what is live, so may look; whether they may change anything is not known yet. */
export const somebody: PageSession = {
  ...{ mode: "standalone", user: null, may_change: false, password_set: false, signed_in: true },
};

/** Who looks at the page; undefined while Heatloop does not answer. */
export async function loadSession(api: Api): Promise<PageSession | undefined> {
  const answer = await api.get<PageSession>("api/session");
  return answer.ok ? answer.value : undefined;
}
