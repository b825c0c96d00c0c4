import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import { followEntities } from "./entities.ts";
import type { EntityState } from "./entity-state.ts";
import type { Session } from "./session.ts";

/** Takes the state of an entity; undefined where it does not exist (any more). */
export type TakeEntity = (entity: string, state: EntityState | undefined) => void;

/** What is followed of Home Assistant, over all sessions. */
export type Follows = {
  /** `session`: the one of now, if there is one. */
  add(entities: readonly string[], take: TakeEntity, session: Session | undefined): Stop;
  /** Follows everything in a new session. */
  begin(session: Session): void;
  /** The session is over. */
  end(): void;
};

type Follow = { readonly begin: (session: Session) => void; readonly end: () => void };

export function entityFollows({ clock, log }: { readonly clock: Clock; readonly log: Log }): Follows {
  const follows = new Set<Follow>();

  function followOf(entities: readonly string[], take: TakeEntity): Follow {
    let stop: Stop = () => undefined;
    const failed = (why: Error) =>
      log.warn("Home Assistant does not send entities", { entity: entities.join(", "), why: why.message });
    return {
      begin(session) {
        stop = followEntities({ session, clock, entities, take, failed });
      },
      end() {
        stop();
        stop = () => undefined;
      },
    };
  }

  return {
    add(entities, take, session) {
      const follow = followOf(entities, take);
      follows.add(follow);
      if (session !== undefined) follow.begin(session);
      return () => {
        follows.delete(follow);
        follow.end();
      };
    },
    begin(session) {
      for (const follow of follows) follow.begin(session);
    },
    end() {
      for (const follow of follows) follow.end();
    },
  };
}
