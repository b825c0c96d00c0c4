import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { timeOf } from "../web/times.ts";

/** As a hundred sensors send that measure every ten seconds. */
export const messagesPerMinute = 600;
/** An hour of that at once: what a system had queued while the hub could not be reached. */
const saved = { ms: hourMs, messages: (hourMs / minuteMs) * messagesPerMinute };
const messageMs = minuteMs / messagesPerMinute;

/** Why a message above it is not taken. */
export const aboveAllowance = `the node sends more than ${messagesPerMinute} messages a minute, and has sent more than the ${saved.messages} of an hour at once: let its devices send less often`;

/** A hub takes so many at once, so that not every message asks the database. */
const takenAtOnce = 200;
const askedAgainMs = secondMs;
/** A node that had nothing refused for so long sends no more than it may. */
const quietMs = 10 * minuteMs;
const mostRemembered = 10_000;

/** What nodes may send of other systems, one measure for all hubs: none of a node may fill the database or keep the others waiting. */
export type Allowances = {
  /** How many of the messages of each node of a tenant may be taken. */
  take(tenant: number, wanted: ReadonlyMap<string, number>, now: number): Promise<ReadonlyMap<string, number>>;
};

type Known = {
  /** That this hub may still take without asking. */
  left: number;
  /** Nothing is there before, ms since the epoch. */
  askAgainAt: number;
  /** When a message was refused last; undefined: not for long. */
  refusedAt: number | undefined;
};

export function openAllowances({ database, log }: { readonly database: Database; readonly log: Log }): Allowances {
  const nodes = new Map<string, Known>();

  function knownOf(node: string): Known {
    const known = nodes.get(node);
    if (known !== undefined) return known;
    if (nodes.size >= mostRemembered) nodes.clear();
    const fresh: Known = { left: 0, askAgainAt: 0, refusedAt: undefined };
    nodes.set(node, fresh);
    return fresh;
  }

  function spend(node: string, wanted: number, now: number): number {
    const known = knownOf(node);
    const taken = Math.min(known.left, wanted);
    known.left -= taken;
    if (taken < wanted) {
      if (known.refusedAt === undefined) {
        log.warn("a node sends more messages of other systems than it may; what is above is counted, and not taken", {
          ...{ node, per_minute: messagesPerMinute },
        });
      }
      known.refusedAt = now;
    } else if (known.refusedAt !== undefined && now - known.refusedAt > quietMs) {
      log.info("a node sends no more messages of other systems than it may again", { node });
      known.refusedAt = undefined;
    }
    return taken;
  }

  return {
    async take(tenant, wanted, now) {
      const asking = [...wanted].flatMap(([node, messages]) => {
        const { left, askAgainAt } = knownOf(node);
        // A clock that was set back keeps nobody waiting.
        const isSoon = now < askAgainAt && now >= askAgainAt - askedAgainMs;
        return left >= messages || isSoon ? [] : [{ node, messages: Math.max(takenAtOnce, messages - left) }];
      });
      if (asking.length > 0) {
        const granted = await database.transaction({ tenant }, (queries) => ask(queries, tenant, { asking, now }));
        for (const { node, messages } of asking) {
          const known = knownOf(node);
          const more = granted.get(node) ?? 0;
          known.left += more;
          if (more < messages) known.askAgainAt = now + askedAgainMs;
        }
      }
      return new Map([...wanted].map(([node, messages]) => [node, spend(node, messages, now)]));
    },
  };
}

/**
 * Takes what is there of what is asked for, by the generic cell rate algorithm (ITU-T I.371): a message moves `spent_until` on by
 * the time that pays for it, to an hour from now at most. A time beyond that is of a clock that was wrong.
 */
async function ask(
  queries: Queries,
  tenant: number,
  {
    asking,
    now,
  }: { readonly asking: readonly { readonly node: string; readonly messages: number }[]; readonly now: number },
): Promise<ReadonlyMap<string, number>> {
  // In one order for all, so that two hubs that ask for the same nodes never wait for each other.
  const sorted = asking.toSorted((a, b) => (a.node < b.node ? -1 : 1));
  const from = `case when known.spent_until > $4::timestamptz + interval '1 minute' then $5::timestamptz else greatest(known.spent_until, $5) end`;
  const granted = `greatest(0, least(excluded.granted, floor(extract(epoch from $4::timestamptz - ${from}) * 1000 / ${messageMs})::int))`;
  const rows = await queries.all<{ node: string; granted: number }>(
    `insert into dialect_allowances as known (tenant_id, node_id, granted, spent_until)
      select $1, u.node, u.messages, $5::timestamptz + u.messages * interval '${messageMs} ms'
        from unnest($2::uuid[], $3::int[]) as u (node, messages)
      on conflict (node_id) do update
        set granted = ${granted}, spent_until = ${from} + ${granted} * interval '${messageMs} ms'
      returning node_id as node, granted`,
    [
      tenant,
      sorted.map(({ node }) => node),
      sorted.map(({ messages }) => messages),
      timeOf(now + saved.ms),
      timeOf(now),
    ],
  );
  return new Map(rows.map((row) => [row.node, row.granted]));
}
