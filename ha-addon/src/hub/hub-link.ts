import type { Stop } from "@heatloop/core/time/clock";
import { inBackground } from "@heatloop/program/background";
import type { RunningLog } from "@heatloop/program/log";
import { watchersOf } from "../base/watchers.ts";
import type { HubSettings } from "../settings/hub-settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { HubAnswer, HubClient } from "./hub-client.ts";
import { type HubLinkState, hubOff, newLinkTeller, stateAfter } from "./hub-link-state.ts";
import type { JoinParts, Membership } from "./join-hub.ts";

export type HubLinkParts = Omit<JoinParts, "caFile"> & {
  readonly log: RunningLog;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
};

/** This home's place at the hub of the settings, as far as there is one. */
export type HubLink = {
  state(): HubLinkState;
  /** `send` of the hub's client, whose answers show in the state; undefined as long as this home is no node. */
  send(...request: Parameters<HubClient["send"]>): Promise<HubAnswer | undefined>;
  /** Notified when this home has become a node of a hub or signs with another key there, and when it is none any more. */
  onChange(listener: (isNode: boolean) => void): Stop;
  start(): void;
  close(): Promise<void>;
};

/** Becomes a node of the hub that the settings name, with the code that they have; nothing before `start`. */
export function openHubLink(parts: HubLinkParts): HubLink {
  const { log, settings } = parts;
  const own = () => settings.current().hub;
  const watchers = watchersOf<[isNode: boolean]>(log, "the place at the hub");
  const shown = newShownState(parts);
  let member: Membership | undefined;
  let ended = new AbortController();
  let running = Promise.resolve();
  let stopSettings: Stop = () => {};

  function become(next: Membership | undefined): void {
    if (member === next) return;
    member = next;
    watchers.notify(next !== undefined);
  }

  const join = inBackground(log, "the link to the hub", async (signal: AbortSignal) => {
    if (signal.aborted) return;
    const { url, claim_code: code } = own();
    if (url === "") return;
    log.hide(code);
    await beMember(parts, own(), { ended: signal, shown, become });
  });

  /** Ends what was, and begins with the settings as they are. */
  function restart(): void {
    ended.abort();
    become(undefined);
    shown.set(own().url === "" ? hubOff : { ...hubOff, state: "waiting" });
    ended = new AbortController();
    const { signal } = ended;
    running = running.then(() => join(signal));
  }

  return {
    state: shown.state,
    async send(path, body, contentType, more = {}) {
      const by = member;
      if (by === undefined) return undefined;
      const signal = more.ended === undefined ? ended.signal : AbortSignal.any([ended.signal, more.ended]);
      const answer = await by.client.send(path, body, contentType, { ...more, ended: signal });
      if (by === member && !signal.aborted) shown.show(answer, by);
      return answer;
    },
    onChange: watchers.add,
    start() {
      stopSettings = settings.onChange((now, before) => {
        if (JSON.stringify(now.hub) !== JSON.stringify(before.hub)) restart();
      });
      restart();
    },
    async close() {
      stopSettings();
      ended.abort();
      become(undefined);
      await running;
    },
  };
}

type BeingMember = {
  readonly ended: AbortSignal;
  readonly shown: ReturnType<typeof newShownState>;
  readonly become: (next: Membership) => void;
};

/** Joins, and follows the key from then on. */
async function beMember(parts: HubLinkParts, own: HubSettings, { ended, shown, become }: BeingMember): Promise<void> {
  // Loaded with the first hub: a home that has none is spared it.
  const [{ joinHub, membershipOf }, { followKey }] = await Promise.all([
    import("./join-hub.ts"),
    import("./follow-key.ts"),
  ]);
  const joining = { ...parts, caFile: own.ca_file };
  const identity = await joinHub(joining, own, { ended, show: shown.show });
  if (ended.aborted || identity === undefined) return;
  shown.set({ ...shown.state(), node: identity.node });
  const member = membershipOf(joining, identity);
  become(member);
  await followKey(joining, { identity, member, ended, become });
}

/** The state as it is now, and in the log what changes of it. */
function newShownState({ clock, log }: HubLinkParts) {
  const tell = newLinkTeller(log, log.clean);
  let state: HubLinkState = hubOff;

  function set(next: HubLinkState): void {
    state = next;
    tell(next);
  }

  return {
    state: () => state,
    set,
    show(answer: HubAnswer, to?: Membership): void {
      const at = { now: clock.now(), node: to?.node ?? null, clockBehindMs: to?.client.clockBehindMs() };
      set(stateAfter(answer, state, at));
    },
  };
}
