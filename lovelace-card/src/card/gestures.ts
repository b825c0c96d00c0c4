import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Gesture } from "../home-assistant/config.ts";

const holdMs = 500;
const doubleTapMs = 250;

/** What a button reports: the pointer's press and end, its click, or the keyboard's; and that it is gone. */
export type Gestures = { down(): void; up(): void; click(keyboard: boolean): void; stop(): void };

/** Distinguishes a tap, a hold and a double tap of one button. Without an action for a double tap a tap acts at once. */
export function startGestures(parts: {
  readonly clock: Clock;
  has(gesture: Gesture): boolean;
  act(gesture: Gesture): void;
}): Gestures {
  const { clock, has, act } = parts;
  let holding: Stop | undefined;
  let waiting: Stop | undefined;
  let held = false;

  function up(): void {
    holding?.();
    holding = undefined;
  }

  function endWaiting(): boolean {
    const was = waiting !== undefined;
    waiting?.();
    waiting = undefined;
    return was;
  }

  return {
    up,
    stop() {
      up();
      endWaiting();
    },
    down() {
      up();
      held = false;
      // At its time and not at the release: a touch screen sends no click after a long press.
      if (has("hold")) {
        holding = clock.after(holdMs, () => {
          held = true;
          act("hold");
        });
      }
    },
    click(keyboard) {
      up();
      const afterHold = held && !keyboard;
      held = false;
      if (afterHold) return;
      if (endWaiting()) act("double_tap");
      else if (!has("double_tap")) act("tap");
      else {
        waiting = clock.after(doubleTapMs, () => {
          waiting = undefined;
          act("tap");
        });
      }
    },
  };
}
