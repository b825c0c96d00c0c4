import type { Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { ReactiveControllerHost } from "lit";
import type { CardConfig } from "../home-assistant/config.ts";
import { followDatePicker, type PickedDates } from "../home-assistant/energy-dashboard.ts";
import type { ViewInput } from "../look/view.ts";
import { viewZone } from "../look/zone.ts";
import { type DateRange, movedRange, type RangeUnit, rangeAround, rangeBetween, sevenDaysTo } from "./date-range.ts";
import { rangeLimits } from "./range-limits.ts";

/** What is shown: a whole unit, or seven days in a row. */
type RangeKind = RangeUnit | "seven_days";

/** What a person chose; no date means that of today, also tomorrow. */
type Choice = { readonly kind: RangeKind; readonly date: string | undefined };

export type RangeChoice = {
  /**
   * The range to show, and whether the Energy dashboard's date picker decides it. `zone` is Home Assistant's, whose days
   * the statistics and the app have; the picker's dates are those of the person's profile.
   */
  now(input: ViewInput, zone: Zone): { readonly range: DateRange; readonly followed: boolean };
  choose(config: CardConfig, kind: RangeKind, date?: string): void;
  /** The range before or after, where one can go there. */
  move(input: ViewInput, zone: Zone, by: 1 | -1): void;
  start(input: ViewInput): void;
  stop(): void;
};

// The views of a card show the same range: what is seen is what is downloaded.
const choices = new WeakMap<CardConfig, Choice>();

/** A date picker may be made a moment after the card. */
const lookAgainMs = [500, 3_000, 15_000] as const;

/** The range of a view; `first` until a person chooses one. `changed` is called when it is another one. */
export function startRangeChoice(changed: () => void, first: RangeKind = "month"): RangeChoice {
  let picked: PickedDates | undefined;
  let stops: Stop[] = [];
  let running = false;

  function look(input: ViewInput): void {
    if (picked !== undefined) return;
    const stop = followDatePicker(input.hass, viewZone(input.formats.timeZone), (dates) => {
      picked = dates;
      changed();
    });
    if (stop !== undefined) stops.push(stop);
  }

  function rangeOf({ config, formats, clock }: ViewInput, zone: Zone): DateRange {
    const { kind, date = zone.dateOf(clock.now()) } = choices.get(config) ?? { kind: first };
    return kind === "seven_days" ? sevenDaysTo(date) : rangeAround(kind, date, formats.firstWeekday);
  }

  return {
    now(input, zone) {
      const followed = picked !== undefined;
      const { firstWeekday, timeZone } = input.formats;
      return {
        followed,
        range:
          picked === undefined
            ? rangeOf(input, zone)
            : rangeBetween(picked.from, picked.to, viewZone(timeZone), firstWeekday),
      };
    },
    choose(config, kind, date) {
      choices.set(config, { kind, date });
      changed();
    },
    move(input, zone, by) {
      const today = zone.dateOf(input.clock.now());
      const before = rangeOf(input, zone);
      const { canGoBack, canGoOn } = rangeLimits(before, today);
      if (by === 1 ? !canGoOn : !canGoBack) return;
      const range = movedRange(before, by, input.formats.firstWeekday);
      const { isNow } = rangeLimits(range, today);
      choices.set(input.config, { kind: kindOf(range), date: isNow ? undefined : range.to });
      changed();
    },
    start(input) {
      if (running) return;
      running = true;
      look(input);
      stops.push(...lookAgainMs.map((ms) => input.clock.after(ms, () => look(input))));
    },
    stop() {
      running = false;
      for (const stop of stops) stop();
      stops = [];
      picked = undefined;
    },
  };
}

/** Of a range that no date picker decides. */
export function kindOf({ unit }: Pick<DateRange, "unit">): RangeKind {
  return unit ?? "seven_days";
}

/** The range of an element, which looks for a date picker while it is on the page; `first` until a person chooses one. */
export function elementRange(
  element: ReactiveControllerHost & { readonly isConnected: boolean },
  first?: RangeKind,
): RangeChoice {
  const choice = startRangeChoice(() => element.requestUpdate(), first);
  element.addController({ hostDisconnected: choice.stop });
  return {
    ...choice,
    now(input, zone) {
      if (element.isConnected) choice.start(input);
      return choice.now(input, zone);
    },
  };
}
