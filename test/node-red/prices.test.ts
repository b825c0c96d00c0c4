import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { functionOf, surroundings } from "./run-function.ts";

type Span = { readonly payload: { readonly from: number; readonly until: number } | null };
type Wish = { readonly payload: unknown } | null;

const take = await functionOf("take-prices", "takePrices");
const hours = await functionOf("hours-that-count", "hoursThatCount");
const cheap = await functionOf("cheap-hours", "cheapHours");
const settings = {
  HEATLOOP_CHEAP_HOURS: 2,
  HEATLOOP_CHEAP_FROM: "00:00",
  HEATLOOP_CHEAP_UNTIL: "00:00",
  HEATLOOP_CHEAP_HOT_WATER_C: 52,
  HEATLOOP_CHEAP_ROOM_K: 0.5,
};
const hourMs = 3_600_000;
const timeZone = process.env.TZ;

beforeEach(() => {
  process.env.TZ = "Europe/Rome";
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  if (timeZone === undefined) delete process.env.TZ;
  else process.env.TZ = timeZone;
});

/** Prices one after the other from a time on; null: that one is missing. */
function listFrom(start: string, prices: readonly (number | null)[], slotMs = hourMs): string {
  const list = prices.map((price, i) => ({ start: new Date(Date.parse(start) + i * slotMs).toISOString(), price }));
  return JSON.stringify(list.filter(({ price }) => price !== null));
}

function wishesAt(time: string, payloads: readonly unknown[], own: Partial<typeof settings> = {}) {
  const around = surroundings({ ...settings, ...own });
  vi.setSystemTime(time);
  for (const payload of payloads) take(around, { topic: "prices", payload });
  const span = hours<Span>(around);
  const [hotWater, room] = cheap<readonly Wish[]>(around, span);
  return { hotWater: hotWater?.payload, room: room?.payload, text: around.text(), span: span.payload };
}

/** The local hours of a day in which it is cheap. */
function cheapSlots(from: string, slots: number, slotMs: number, payload: string, own: Partial<typeof settings> = {}) {
  return Array.from({ length: slots }, (_, i) => i).filter(
    (i) => wishesAt(new Date(Date.parse(from) + (i + 0.5) * slotMs).toISOString(), [payload], own).hotWater !== null,
  );
}

const rising = Array.from({ length: 24 }, (_, i) => 0.1 + i / 100);
const day = "2026-01-15T00:00:00+01:00";

describe("the price windows", () => {
  it("wish the hot water and a step of the room in the cheapest hours, and nothing in the others", () => {
    const prices = rising.map((price, i) => (i === 5 || i === 13 ? 0.01 : price));
    expect(cheapSlots(day, 24, hourMs, listFrom(day, prices))).toEqual([5, 13]);
    const wish = wishesAt("2026-01-15T13:30:00+01:00", [listFrom(day, prices)]);
    expect(wish).toMatchObject({ hotWater: { toC: 52 }, room: { byK: 0.5 }, text: "cheap now" });
  });

  it("take quarters, negative prices, and the first of equal ones", () => {
    const quarters = Array.from({ length: 96 }, (_, i) => (i >= 40 && i < 44 ? -0.05 : 0.2));
    expect(cheapSlots(day, 96, hourMs / 4, listFrom(day, quarters, hourMs / 4))).toEqual([0, 1, 2, 3, 40, 41, 42, 43]);
  });

  it.each([
    ["a day of 23 hours", "2026-03-29T00:00:00+01:00", 23],
    ["a day of 24 hours", "2026-03-30T00:00:00+02:00", 24],
    ["a day of 25 hours", "2026-10-25T00:00:00+02:00", 25],
  ])("count every hour of %s", (_, start, length) => {
    const prices = Array.from({ length }, (__, i) => (i >= length - 2 ? 0.01 : 0.2));
    expect(cheapSlots(start, length, hourMs, listFrom(start, prices))).toEqual([length - 2, length - 1]);
    const { span } = wishesAt(start, [listFrom(start, prices)]);
    expect((span?.until ?? 0) - (span?.from ?? 0)).toBe(length * hourMs);
    const oneMissing = [...prices.slice(0, -1), null];
    expect(cheapSlots(start, length, hourMs, listFrom(start, oneMissing))).toEqual([]);
  });

  it("count the hours until a time of day, over midnight too", () => {
    const own = { HEATLOOP_CHEAP_FROM: "22:00", HEATLOOP_CHEAP_UNTIL: "06:00", HEATLOOP_CHEAP_HOURS: 1 };
    const evening = "2026-01-15T20:00:00+01:00";
    const prices = [0.01, 0.3, 0.3, 0.3, 0.3, 0.3, 0.2, 0.3, 0.3, 0.3, 0.01];
    expect(cheapSlots(evening, 11, hourMs, listFrom(evening, prices), own)).toEqual([6]);
  });

  it.each([
    ["no list ever came", []],
    ["a word", ["unavailable"]],
    ["an object", ['{"start": 1}']],
    ["an empty list", ["[]"]],
    ["prices that are no numbers", [listFrom(day, rising).replaceAll(/"price":([\d.]+)/g, '"price":"$1"')]],
    ["times without an offset", [listFrom(day, rising).replaceAll(".000Z", "")]],
    ["the prices of yesterday", [listFrom("2026-01-14T00:00:00+01:00", rising)]],
    ["the prices of tomorrow", [listFrom("2026-01-16T00:00:00+01:00", rising)]],
    [
      "a price of an hour to come is missing",
      [
        listFrom(
          day,
          rising.map((price, i) => (i === 20 ? null : price)),
        ),
      ],
    ],
  ])("wish nothing where there is %s", (_, payloads) => {
    const wish = wishesAt("2026-01-15T00:30:00+01:00", payloads);
    expect(wish).toMatchObject({ hotWater: null, room: null, text: "prices missing" });
  });

  it("wish nothing where all prices are equal", () => {
    const wish = wishesAt("2026-01-15T00:30:00+01:00", [listFrom(day, Array(24).fill(0.2))]);
    expect(wish).toMatchObject({ hotWater: null, text: "all prices are equal" });
  });

  it("keep the hours that are over, so the cheap ones do not move on with the clock", () => {
    const prices = rising.map((price, i) => (i < 2 ? 0.01 : price));
    const rest = listFrom("2026-01-15T10:00:00+01:00", prices.slice(10));
    expect(wishesAt("2026-01-15T10:30:00+01:00", [listFrom(day, prices), rest]).hotWater).toBeNull();
  });

  it("take what comes last for the same hour, times in ms too, and wish no step of 0 K", () => {
    const start = Date.parse(day);
    const later = rising.map((price, i) => ({ start: start + i * hourMs, price: 1 - price }));
    const own = { HEATLOOP_CHEAP_ROOM_K: 0 };
    const wish = wishesAt("2026-01-15T23:30:00+01:00", [listFrom(day, rising), later], own);
    expect(wish).toMatchObject({ hotWater: { toC: 52 }, room: null });
  });

  it("say what is wrong with a time of day", () => {
    const around = surroundings({ ...settings, HEATLOOP_CHEAP_UNTIL: "six" });
    expect(hours<Span>(around).payload).toBeNull();
    expect(around.text()).toContain("such as 06:00");
  });
});
