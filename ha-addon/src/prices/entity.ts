import { priceUnit } from "@heatloop/core/cost/price-unit";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Slot } from "@heatloop/core/time/slots";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { inBackground } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import type { EntityState } from "../home-assistant/entity-state.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { pricesByAction } from "./actions.ts";
import { numberOf, toPrecision } from "./entries.ts";
import { listedPrices, unitOf, unitProblem } from "./forms.ts";
import { askAbout, type PriceBound, type PriceProblems } from "./problems.ts";

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const hourMs = 3_600_000;
/** Entities change a little after the quarter hour; until then they show the price before. */
const settledMs = 5 * minuteMs;

/** Home Assistant, as far as prices need it. */
export type PriceSource = Pick<HomeAssistant, "connected" | "follow" | "onConnected" | "send">;

/**
 * Takes the prices of an entity into the archive: those it lists; else, of Nord Pool and Tibber, those of their action, at
 * each connection and each hour; else, where `stateIsPrice`, its state as the price of the running quarter hour.
 * Says once what is wrong with it, and asks about prices beyond reason.
 */
export function followPriceEntity(parts: {
  readonly entity: string;
  readonly stateIsPrice: boolean;
  readonly homeAssistant: PriceSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly prices: SlotArchive;
  readonly bound: PriceBound;
  readonly problems: PriceProblems;
}): Stop {
  const { entity, homeAssistant, clock, log, zone, prices } = parts;
  const keepPrices = inBackground(log, "prices", async (slots: readonly Slot[]) => void (await prices.keep(slots)));
  let state: EntityState | undefined;
  let lists = false;
  let unlisted = "";
  let hasAction = false;
  let said = "";
  let askedHour = Number.NaN;
  let keptQuarter = Number.NaN;
  let stopped = false;

  function say(what: string, speak: () => void): void {
    if (said !== what) speak();
    said = what;
  }

  /** Says it once; what is the same but for its figures has the same `kind`. */
  function refuse(why: string, kind = why): void {
    say(kind, () => log.warn(`${entity} gives no prices: ${why}`));
    parts.problems.set(entity, `${entity} gives no prices: ${why}`);
  }

  function keep(slots: readonly Slot[], form: string, currency: string | null, unread?: string): void {
    const question = askAbout(slots, parts.bound, currency);
    if (question !== null) {
      refuse(question, "beyond reason");
      return;
    }
    parts.problems.set(entity, null);
    const leftOut = unread === undefined ? {} : { left_out: unread };
    say(form, () => log.info("prices come from Home Assistant", { entity, form, prices: slots.length, ...leftOut }));
    void keepPrices(slots);
  }

  function take(_entity: string, told: EntityState | undefined): void {
    state = told;
    if (told === undefined) {
      refuse("Home Assistant has no such entity; name another as tariff.dynamic.entity");
      return;
    }
    const listed = listedPrices(told.attributes, zone(), told.lastReported || clock.now());
    lists ||= listed.form !== undefined;
    if (listed.ok) keep(listed.slots, listed.form, listed.currency, listed.unread);
    else if (listed.form !== undefined) refuse(listed.why);
    else if (told.state !== "unavailable") {
      unlisted = listed.why;
      askInstead();
    }
  }

  const askAction = inBackground(log, "prices", async () => {
    const isOver = () => stopped || !homeAssistant.connected();
    try {
      const asked = { homeAssistant, entity, date: zone().dateOf(clock.now()), zone: zone() };
      const slots = await pricesByAction(asked);
      if (isOver()) return;
      hasAction = slots !== undefined;
      if (slots !== undefined) keep(slots, "the integration's action", unitCurrency());
      else if (!parts.stateIsPrice) {
        refuse(`${unlisted}; if its state is the price of now, set tariff.dynamic.state_is_price`);
      }
    } catch (error) {
      if (!isOver()) refuse(error instanceof Error ? error.message : String(error));
    }
  });

  /** An entity that ever listed prices is waited for: its state may be something else, such as the day's mean. */
  function askInstead(): void {
    if (lists || !homeAssistant.connected()) return;
    const hour = Math.floor(clock.now() / hourMs);
    if (hour === askedHour) return;
    askedHour = hour;
    void askAction();
  }

  function unitCurrency(): string | null {
    return state === undefined ? null : (priceUnit(unitOf(state.attributes))?.currency ?? null);
  }

  function takeState(): void {
    const now = clock.now();
    const quarter = Math.floor(now / quarterMs);
    if (quarter === keptQuarter || now - quarter * quarterMs < settledMs) return;
    const price = numberOf(state?.state);
    if (state === undefined || !Number.isFinite(price)) return;
    const told = unitOf(state.attributes);
    const unit = priceUnit(told);
    keptQuarter = quarter;
    if (unit === null) {
      refuse(unitProblem(told));
      return;
    }
    const start = quarter * quarterMs;
    const value = toPrecision(price * unit.scale);
    keep([{ start, end: start + quarterMs, value }], "its state", unit.currency);
  }

  function tick(): void {
    if (!homeAssistant.connected() || state === undefined || state.state === "unavailable" || lists) return;
    askInstead();
    if (parts.stateIsPrice && !hasAction) takeState();
  }

  const stops = [
    homeAssistant.onConnected(() => {
      askedHour = Number.NaN;
    }),
    homeAssistant.follow([entity], take),
    clock.every(minuteMs, tick),
  ];
  return () => {
    stopped = true;
    parts.problems.set(entity, null);
    for (const stop of stops) stop();
  };
}
