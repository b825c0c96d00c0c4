import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type Log, messageOf } from "@heatloop/program/log";
import { z } from "zod";

/** Who is an administrator may change so rarely that a minute-old answer will do. */
const freshMs = minuteMs;
const answerWithinMs = 5 * secondMs;

const usersSchema = z.array(
  z.object({
    id: z.string(),
    is_owner: z.boolean().default(false),
    is_active: z.boolean().default(true),
    group_ids: z.array(z.string()).default([]),
  }),
);

/** Which users of Home Assistant are administrators. */
export type Administrators = {
  /** undefined: nobody knows, as Home Assistant is away and did not say so before. */
  has(userId: string): Promise<boolean | undefined>;
};

/**
 * Administrators as Home Assistant lists them: active, and its owner or in the group `system-admin`. `ask` sends the
 * websocket command `config/auth/list`. While it fails, those who were administrators the last time still are.
 */
export function administratorsOf(parts: {
  readonly ask: () => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Log;
}): Administrators {
  const { clock, log } = parts;
  let known: { readonly ids: ReadonlySet<string>; readonly at: number } | undefined;
  let asking: Promise<void> | undefined;
  let isAway = false;

  async function ask(): Promise<void> {
    try {
      const users = usersSchema.parse(await answered(parts.ask(), clock));
      const ids = users.filter((user) => user.is_active && (user.is_owner || user.group_ids.includes("system-admin")));
      known = { ids: new Set(ids.map(({ id }) => id)), at: clock.now() };
      isAway = false;
    } catch (error) {
      if (!isAway) log.warn("Home Assistant does not say who is an administrator", { why: messageOf(error) });
      isAway = true;
    } finally {
      asking = undefined;
    }
  }

  return {
    async has(userId) {
      const isFresh = known !== undefined && Math.abs(clock.now() - known.at) < freshMs;
      if (!isFresh) {
        asking ??= ask();
        await asking;
      }
      if (known?.ids.has(userId)) return true;
      return isAway || known === undefined ? undefined : false;
    },
  };
}

async function answered(answer: Promise<unknown>, clock: Clock): Promise<unknown> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const stop = clock.after(answerWithinMs, () => reject(new Error("it does not answer")));
  try {
    return await Promise.race([answer, late]);
  } finally {
    stop();
  }
}
