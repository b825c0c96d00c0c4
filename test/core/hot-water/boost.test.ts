import {
  type Boost,
  type BoostEnd,
  boostUntil,
  nextBoost,
  noBoost,
  requestBoost,
} from "@heatloop/core/hot-water/boost";
import { describe, expect, it } from "vitest";
import { type BoostEvent, startBoostWorld } from "./boost-world.ts";

const hour = 3_600;
const minute = 60;

type Row = {
  readonly title: string;
  readonly events: readonly BoostEvent[];
  /** How late the heat pump reports what it does. */
  readonly reportS?: number;
  /** What left, in seconds since the start. */
  readonly sent: readonly string[];
  readonly end: Boost["kind"] | BoostEnd;
};

const rows: readonly Row[] = [
  {
    title: "is switched on, and off again at its end",
    events: [{ ask: 30 }, { pass: hour }],
    sent: ["0 on", "1800 off"],
    end: "over",
  },
  {
    title: "that the heat pump ends is not ended again",
    events: [{ ask: 60 }, { pass: 20 * minute }, { heatPump: "done" }, { pass: 2 * hour }],
    sent: ["0 on"],
    end: "ended_early",
  },
  {
    title: "that a person ends at the heat pump is not ended again, and their next one is theirs",
    events: [{ ask: 60 }, { pass: 600 }, { person: "off" }, { pass: 60 }, { person: "on" }, { pass: 2 * hour }],
    sent: ["0 on"],
    end: "ended_early",
  },
  {
    title: "that is asked for again lasts from then on",
    events: [{ ask: 30 }, { pass: 1_200 }, { ask: 60 }, { pass: 2 * hour }],
    sent: ["0 on", "4800 off"],
    end: "over",
  },
  {
    title: "can be made shorter",
    events: [{ ask: 240 }, { pass: 600 }, { ask: 5 }, { pass: hour }],
    sent: ["0 on", "900 off"],
    end: "over",
  },
  {
    title: "ends at once where it is asked to",
    events: [{ ask: 60 }, { pass: 600 }, { ask: 0 }, { pass: hour }],
    sent: ["0 on", "600 off"],
    end: "over",
  },
  {
    title: "that ends before the heat pump has reported it leaves nothing on",
    events: [{ ask: 60 }, { ask: 0 }, { pass: hour }],
    sent: ["0 on", "0 off"],
    end: "over",
  },
  {
    title: "that ends before the heat pump has reported it leaves nothing on where it reports late",
    events: [{ ask: 60 }, { pass: 5 }, { ask: 0 }, { pass: hour }],
    reportS: 45,
    sent: ["0 on", "5 off"],
    end: "over",
  },
  {
    title: "that is asked for while the off of the last one is on its way begins once the heat pump is off",
    events: [{ ask: 60 }, { pass: 600 }, { ask: 0 }, { pass: 10 }, { ask: 30 }, { pass: hour }],
    reportS: 45,
    sent: ["0 on", "600 off", "645 on", "2410 off"],
    end: "over",
  },
  {
    title: "of a person without a duration is left alone",
    events: [{ person: "on" }, { pass: 24 * hour }],
    sent: [],
    end: "none",
  },
  {
    title: "of a person ends where Heatloop is asked to end it",
    events: [{ person: "on" }, { pass: 600 }, { ask: 0 }, { pass: hour }],
    sent: ["600 off"],
    end: "over",
  },
  {
    title: "of a person gets a duration without being switched on again",
    events: [{ person: "on" }, { pass: 600 }, { ask: 30 }, { pass: hour }],
    sent: ["2400 off"],
    end: "over",
  },
  {
    title: "begins when the heat pump is back within ten minutes, and ends when it was to",
    events: [{ heatPump: "away" }, { ask: 30 }, { pass: 540 }, { heatPump: "back" }, { pass: hour }],
    sent: ["540 on", "1800 off"],
    end: "over",
  },
  {
    title: "does not begin when the heat pump is back later",
    events: [{ heatPump: "away" }, { ask: 240 }, { pass: 660 }, { heatPump: "back" }, { pass: hour }],
    sent: [],
    end: "not_started",
  },
  {
    title: "ends when the heat pump is back that was away at the end",
    events: [
      { ask: 30 },
      { pass: 900 },
      { heatPump: "away" },
      { pass: 3 * hour },
      { heatPump: "back" },
      { pass: hour },
    ],
    sent: ["0 on", "11700 off"],
    end: "over",
  },
  {
    title: "ends when the broker is back that was away at the end",
    events: [{ ask: 30 }, { pass: 900 }, { broker: "away" }, { pass: 2 * hour }, { broker: "back" }, { pass: hour }],
    sent: ["0 on", "8100 off"],
    end: "over",
  },
  {
    title: "that could not be sent is sent when it can",
    events: [{ broker: "lost" }, { ask: 30 }, { pass: 60 }, { broker: "back" }, { pass: hour }],
    sent: ["60 on", "1800 off"],
    end: "over",
  },
  {
    title: "that is asked for after the end of one that still lasts, and comes too late, leaves that one ending",
    events: [
      ...([{ ask: 5 }, { pass: 60 }, { broker: "away" }, { pass: 300 }, { ask: 30 }, { pass: 900 }] as const),
      ...([{ broker: "back" }, { pass: hour }] as const),
    ],
    sent: ["0 on", "1260 off"],
    end: "over",
  },
  {
    title: "is forgotten where the heat pump stays away for half a day after the end",
    events: [
      { ask: 30 },
      { pass: 900 },
      { heatPump: "away" },
      { pass: 13 * hour },
      { heatPump: "back" },
      { pass: hour },
    ],
    sent: ["0 on"],
    end: "not_ended",
  },
  {
    title: "that the heat pump does not take is given up, and not sent again",
    events: [{ heatPump: "deaf" }, { ask: 30 }, { pass: hour }],
    sent: ["0 on"],
    end: "not_taken",
  },
  {
    title: "whose end the heat pump does not take is given up, and not sent again",
    events: [{ ask: 30 }, { pass: 600 }, { heatPump: "deaf" }, { pass: hour }],
    sent: ["0 on", "1800 off"],
    end: "not_ended",
  },
  {
    title: "whose end was lost as the heat pump went away ends when it is back",
    events: [
      ...([
        { ask: 30 },
        { pass: 600 },
        { heatPump: "deaf" },
        { pass: 1_200 },
        { heatPump: "away" },
        { pass: 60 },
      ] as const),
      ...([{ heatPump: "obeys" }, { heatPump: "back" }, { pass: hour }] as const),
    ],
    sent: ["0 on", "1800 off", "1860 off"],
    end: "over",
  },
  {
    title: "ends after a restart",
    events: [{ ask: 30 }, { pass: 900 }, { restart: true }, { pass: hour }],
    sent: ["0 on", "1800 off"],
    end: "over",
  },
];

describe("a boost", () => {
  it.each(rows)("$title", ({ events, reportS, sent, end }) => {
    const world = startBoostWorld(reportS);
    for (const event of events) world.step(event);
    expect(world.sent.map(({ s, on }) => `${s} ${on ? "on" : "off"}`)).toEqual(sent);
    const boost = world.boost();
    expect(boost.kind === "none" ? (boost.why ?? boost.kind) : boost.kind).toBe(end);
  });

  it("has an end from the moment it is asked for, and none once it is over", () => {
    const asked = requestBoost(noBoost, 30, { at: 1_000, isOn: null });
    expect(boostUntil(asked)).toBe(1_801_000);
    expect(boostUntil(requestBoost(asked, 60, { at: 2_000, isOn: null }))).toBe(3_602_000);
    expect(boostUntil(requestBoost(asked, 0, { at: 2_000, isOn: false }))).toBeNull();
    expect(boostUntil(noBoost)).toBeNull();
  });

  it("ends where the clock was set back to before it was asked for", () => {
    const running: Boost = { kind: "running", minutes: 60, askedAt: 10_000, onSentAt: null };
    expect(nextBoost(running, { at: 9_000, isOn: true }).kind).toBe("ending");
    expect(nextBoost(running, { at: 11_000, isOn: true })).toBe(running);
  });
});
