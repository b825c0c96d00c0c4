import type { Stop } from "@heatloop/core/time/clock";
import { messageOf } from "../home-assistant/find-heat-pump.ts";
import { type ControlItem, type ControlValue, callOf } from "./control-item.ts";
import { nextPending, type Pending, type PendingInput, settled } from "./pending.ts";
import type { ViewInput } from "./view.ts";

export type ControlChange = Pending<ControlValue>;

/** The changes of settings that are on their way, each shown as it was chosen for a moment, then as it really is. */
export type ControlChanges = {
  of(item: ControlItem): ControlChange;
  /** Takes what the heat pump reports now. */
  takeStates(): void;
  act(item: ControlItem, input: PendingInput<ControlValue>): void;
  /** Sends what was just chosen, and waits for nothing more. */
  stop(): void;
};

/** Keeps the changes of an element's settings; `changed` is called when something else is to be shown. */
export function startControlChanges(of: {
  /** Undefined until there is any. */
  input(): ViewInput | undefined;
  items(): readonly ControlItem[];
  isShown(): boolean;
  changed(): void;
}): ControlChanges {
  const changes = new Map<string, ControlChange>();
  let stopTimer: Stop | undefined;
  const changeOf = (item: ControlItem) => changes.get(item.entityId) ?? settled;

  function put(item: ControlItem, input: PendingInput<ControlValue>): void {
    const before = changeOf(item);
    const change = nextPending(before, input);
    if (change.kind === "settled") changes.delete(item.entityId);
    else changes.set(item.entityId, change);
    if (change.kind === "sending" && change !== before) send(item, change.value);
  }

  function send(item: ControlItem, value: ControlValue): void {
    const { hass, clock } = of.input() as ViewInput;
    const { domain, service, data } = callOf(item, value);
    hass.callService(domain, service, data, { entity_id: item.entityId }, false).catch((error: unknown) => {
      act(item, { kind: "refused", reason: messageOf(error), at: clock.now() });
    });
  }

  function act(item: ControlItem, input: PendingInput<ControlValue>): void {
    put(item, input);
    schedule();
    of.changed();
  }

  function takeStates(): void {
    const at = of.input()?.clock.now();
    if (at === undefined) return;
    for (const item of of.items()) put(item, { kind: "reported", value: item.value, at });
    schedule();
  }

  function schedule(): void {
    stopTimer?.();
    stopTimer = undefined;
    const ends = [...changes.values()].flatMap((change) => ("until" in change ? [change.until] : []));
    const clock = of.input()?.clock;
    if (clock === undefined || ends.length === 0 || !of.isShown()) return;
    stopTimer = clock.after(Math.max(0, Math.min(...ends) - clock.now()), () => {
      takeStates();
      of.changed();
    });
  }

  function stop(): void {
    for (const item of of.items()) {
      const change = changeOf(item);
      if (change.kind === "choosing") put(item, { kind: "reported", value: item.value, at: change.until });
    }
    stopTimer?.();
    stopTimer = undefined;
  }

  return { of: changeOf, takeStates, act, stop };
}
