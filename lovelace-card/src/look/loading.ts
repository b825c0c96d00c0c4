import { fill } from "@heatloop/core/text/fill-text";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { ReactiveControllerHost } from "lit";
import { messageOf } from "../home-assistant/find-heat-pump.ts";
import type { Hass } from "../home-assistant/hass.ts";
import type { Texts } from "../text/languages/english.ts";

/** What a view draws while and after it asks Home Assistant. */
export type Loaded<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly value: T }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * What loads, with what takes a value that is there sooner and is shown until the real one comes. It is not taken where a
 * real one of the same key is shown: what was right stays.
 */
export type Load<T> = (early: (value: T) => void) => Promise<T>;

export type Loading<T> = {
  /** Loads where `key` is another one than before. */
  want(key: string, load: Load<T>): void;
  state(): Loaded<T>;
  /** Asks no more and keeps what is there, until the next `want`. */
  stop(): void;
};

/** Statistics are compiled each 5 minutes. */
const statisticsMs = 5 * minuteMs;

/** `again` false: what is loaded once is not loaded anew while it is shown; else each `againMs`. */
export type LoadingOptions = { readonly again?: boolean; readonly againMs?: number };

/** Loads what a view shows and again each 5 minutes while somebody looks; answers that are no longer wanted are dropped. */
export function startLoading<T>(
  clock: Clock,
  changed: () => void,
  { again = true, againMs = statisticsMs }: LoadingOptions = {},
): Loading<T> {
  let key: string | undefined;
  let shown: string | undefined;
  let state: Loaded<T> = { kind: "loading" };
  let isReal = false;
  let stopTimer: Stop | undefined;

  function run(load: Load<T>): void {
    const requestKey = key;
    let isOver = false;
    const show = (next: Loaded<T>, real: boolean) => {
      if (requestKey !== key) return;
      shown = requestKey;
      state = next;
      isReal = real;
      changed();
    };
    const settle = (next: Loaded<T>) => {
      isOver = true;
      show(next, next.kind === "ready");
    };
    const early = (value: T) => {
      if (!isOver && !(isReal && shown === requestKey)) show({ kind: "ready", value }, false);
    };
    load(early).then(
      (value) => settle({ kind: "ready", value }),
      (error: unknown) => settle({ kind: "failed", reason: messageOf(error) }),
    );
  }

  return {
    want(next, load) {
      if (next === key) return;
      key = next;
      stopTimer?.();
      stopTimer = undefined;
      if (next !== shown) state = { kind: "loading" };
      run(load);
      if (!again) return;
      stopTimer = clock.every(againMs, () => {
        if (document.visibilityState !== "hidden") run(load);
      });
    },
    state: () => state,
    stop() {
      stopTimer?.();
      stopTimer = undefined;
      key = undefined;
    },
  };
}

/** What an element shows of what it loads; the keys are those of `Loading.want`. */
export type ElementLoading<T> = (
  of: { readonly hass: Hass; readonly clock: Clock },
  key: string,
  load: Load<T>,
) => Loaded<T>;

/** Loads while the element is on the page and Home Assistant is connected; without either it keeps what is there. */
export function elementLoading<T>(
  element: ReactiveControllerHost & { readonly isConnected: boolean },
  options: LoadingOptions = {},
): ElementLoading<T> {
  let loading: Loading<T> | undefined;
  element.addController({
    hostConnected: () => element.requestUpdate(),
    hostDisconnected: () => loading?.stop(),
  });
  return ({ hass, clock }, key, load) => {
    loading ??= startLoading(clock, () => element.requestUpdate(), options);
    if (!hass.connected) loading.stop();
    else if (element.isConnected) loading.want(key, load);
    return loading.state();
  };
}

/** Why Home Assistant did not answer: a part of it (`recorder`, `history`) is off, or the reason that it gave. */
export function refusalText(reason: string, component: string, { config }: Hass, texts: Texts): string {
  const isOff = config.components !== undefined && !config.components.includes(component);
  return isOff ? texts.recorder_off : fill(texts.refused, { reason });
}
