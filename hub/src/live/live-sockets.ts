import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { WebSocket } from "ws";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import type { LetIn } from "../web/caller.ts";
import { changedShown, readShownState, type ShownState } from "./live-state.ts";

/** What is live is looked at so often. */
export const lookEachMs = 5 * secondMs;
/** Proxies close connections that are silent for longer; who did not answer the last ping is gone. */
const pingEachLooks = 6;
/** Chosen: more than the people of an organization have open. */
export const mostSocketsOfTenant = 100;
/** A reader that has more than this before it is cut off, and may come again. */
const longestQueueBytes = 1024 * 1024;

/** The websockets that are told what is live, each of its organization alone. */
export type LiveSockets = {
  /** Takes a websocket of a tenant until it closes, or what let it in holds no more. */
  add(socket: WebSocket, tenant: number, letIn: LetIn): void;
  /** Closes all of them, and those that still come. */
  close(): void;
};

type Listener = { readonly socket: WebSocket; readonly letIn: LetIn; isAlive: boolean; hasState: boolean };
type Organization = {
  readonly tenant: number;
  readonly listeners: Set<Listener>;
  /** What all its listeners with a state have been told. */
  state: ShownState | undefined;
  isLookedAt: boolean;
};

export function liveSockets(parts: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): LiveSockets {
  const { database, clock, log } = parts;
  const organizations = new Map<number, Organization>();
  let stopLooking: Stop | undefined;
  let looks = 0;
  let isClosed = false;
  const look = inBackground(log, "live values", (organization: Organization) => lookAt(organization, database, clock));

  function lookAtAll(): void {
    looks += 1;
    for (const organization of organizations.values()) {
      if (looks % pingEachLooks === 0) ping(organization);
      void look(organization);
    }
  }

  function remove(organization: Organization, listener: Listener): void {
    organization.listeners.delete(listener);
    if (organization.listeners.size > 0 || organizations.get(organization.tenant) !== organization) return;
    organizations.delete(organization.tenant);
    if (organizations.size > 0) return;
    stopLooking?.();
    stopLooking = undefined;
  }

  return {
    add(socket, tenant, letIn) {
      if (isClosed) return socket.close(1001, "the hub ends");
      const organization = organizations.get(tenant) ?? newOrganization(tenant);
      if (organization.listeners.size >= mostSocketsOfTenant) {
        return socket.close(1013, "too many websockets of the organization are open");
      }
      const listener: Listener = { socket, letIn, isAlive: true, hasState: false };
      organizations.set(tenant, organization);
      organization.listeners.add(listener);
      socket.on("pong", () => {
        listener.isAlive = true;
      });
      socket.once("close", () => remove(organization, listener));
      stopLooking ??= clock.every(lookEachMs, lookAtAll);
      if (organization.state === undefined) void look(organization);
      else tellAll(organization.listeners, listener, organization.state);
    },
    close() {
      isClosed = true;
      for (const { listeners } of organizations.values()) {
        for (const { socket } of listeners) socket.close(1001, "the hub ends");
      }
    },
  };
}

function newOrganization(tenant: number): Organization {
  return { tenant, listeners: new Set(), state: undefined, isLookedAt: false };
}

/** Ends what may not stay, then tells the others what has changed. Where the database is away, nobody is told anything. */
async function lookAt(organization: Organization, database: Database, clock: Clock): Promise<void> {
  const { listeners } = organization;
  if (organization.isLookedAt) return;
  organization.isLookedAt = true;
  try {
    await endThoseOut(listeners);
    if (listeners.size === 0) return;
    const state = await readShownState(database, organization.tenant, clock.now());
    const changed = organization.state && changedShown(organization.state, state);
    const text = changed && JSON.stringify({ kind: "changed", ...changed });
    organization.state = state;
    for (const listener of listeners) {
      if (!listener.hasState) tellAll(listeners, listener, state);
      else if (text !== undefined) tell(listeners, listener, text);
    }
  } catch (error) {
    if (!isAway(error)) throw error;
  } finally {
    organization.isLookedAt = false;
  }
}

/** Closes those whose session or token holds no more; each is asked for once, however many it let in. */
async function endThoseOut(listeners: Set<Listener>): Promise<void> {
  const answers = new Map<string, boolean>();
  for (const listener of [...listeners]) {
    const { key } = listener.letIn;
    const holds = answers.get(key) ?? (await listener.letIn.stillHolds());
    answers.set(key, holds);
    if (!holds) end(listeners, listener, 4401, "sign in again");
  }
}

function tellAll(listeners: Set<Listener>, listener: Listener, state: ShownState): void {
  listener.hasState = true;
  tell(listeners, listener, JSON.stringify({ kind: "all", ...state }));
}

function tell(listeners: Set<Listener>, listener: Listener, text: string): void {
  const { socket } = listener;
  if (socket.bufferedAmount > longestQueueBytes) end(listeners, listener, 1013, "messages are read too slowly");
  else socket.send(text);
}

/** Tells it nothing more, also while it has not closed yet. */
function end(listeners: Set<Listener>, listener: Listener, code: number, reason: string): void {
  listeners.delete(listener);
  listener.socket.close(code, reason);
}

/** Cuts off who did not answer the last ping, and pings the others. */
function ping({ listeners }: Organization): void {
  for (const listener of listeners) {
    if (listener.isAlive) listener.socket.ping();
    else listener.socket.terminate();
    listener.isAlive = false;
  }
}
