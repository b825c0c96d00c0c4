import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { backgroundClock } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { WebSocket } from "ws";
import type { Access } from "../../access/access.ts";
import type { Visitor } from "./user.ts";

/** A session's time may be over this long before its websocket is closed. */
const lookEachMs = minuteMs;

/** Websockets that end with what let them in. */
export type LiveVisitors = {
  add(socket: WebSocket, visitor: Visitor): void;
  stop(): void;
};

/** Closes a websocket once its session or token has ended, or a password was set; an open one keeps its session in use. */
export function liveVisitors(parts: {
  readonly access: Access;
  readonly clock: Clock;
  readonly log: Log;
}): LiveVisitors {
  const { access } = parts;
  const clock = backgroundClock(parts.clock, parts.log, "ending live updates");
  let stopLooking: Stop | undefined;
  const visitors = new Map<WebSocket, Visitor>();

  function look(): void {
    for (const [socket, visitor] of visitors) if (!mayStay(visitor)) socket.close(1008, "sign in again");
  }

  function mayStay(visitor: Visitor): boolean {
    if (visitor.kind === "session" || visitor.kind === "token") return access.holds(visitor);
    return visitor.kind === "machine" && !access.isPasswordSet();
  }

  function stopTimer(): void {
    stopLooking?.();
    stopLooking = undefined;
  }

  const stopEnds = access.onEnd(look);
  return {
    add(socket, visitor) {
      if (visitor.kind === "ingress") return;
      visitors.set(socket, visitor);
      stopLooking ??= clock.every(lookEachMs, look);
      socket.once("close", () => {
        visitors.delete(socket);
        if (visitors.size === 0) stopTimer();
      });
    },
    stop() {
      stopTimer();
      stopEnds();
    },
  };
}
