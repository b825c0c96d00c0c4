import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import { type Accent, type Area, arrow, box, caption, drawing, frame, type Spot } from "./drawing.ts";
import { changeOf } from "./room-feed-walk.ts";

/** A state as it is drawn: what it means, and what the heat pump is sent in it. */
type DrawnState = { readonly area: Area; readonly accent: Accent; readonly lines: readonly string[] };

const states: Readonly<Record<RoomFeedState, DrawnState>> = {
  off: {
    area: { x: 20, y: 20, width: 860, height: 64 },
    accent: "calm",
    lines: ["No rooms are set for this zone. The heat pump is not fed."],
  },
  ok: {
    area: { x: 60, y: 190, width: 300, height: 112 },
    accent: "good",
    lines: ["Every room counts.", "Their temperature is sent when it has", "changed, and within every 5 minutes."],
  },
  degraded: {
    area: { x: 540, y: 190, width: 300, height: 112 },
    accent: "warning",
    lines: [
      "Some rooms do not count, or the heat",
      "pump does not take the temperature.",
      "Unless it is offline, it is sent anyway.",
    ],
  },
  holding: {
    area: { x: 60, y: 410, width: 300, height: 112 },
    accent: "serious",
    lines: ["There is no temperature to be trusted.", "Nothing is sent, and the heat pump", "keeps the last one."],
  },
  fallback: {
    area: { x: 540, y: 410, width: 300, height: 112 },
    accent: "bad",
    lines: [
      "The heat pump was switched to its own",
      "room thermostat. It is switched back once",
      "it has a temperature of the rooms.",
    ],
  },
};

const fed = ["ok", "degraded"] as const satisfies readonly RoomFeedState[];
const withRooms = ["ok", "degraded", "holding", "fallback"] as const satisfies readonly RoomFeedState[];

/** An arrow of the drawing: every change from one of its states to another one of them that is not among its own. */
type DrawnChange = {
  readonly from: readonly RoomFeedState[];
  readonly to: readonly RoomFeedState[];
  readonly path: readonly [Spot, Spot, ...Spot[]];
  readonly words: readonly string[];
  readonly at: Spot;
  readonly anchor?: "middle";
};

const changes: readonly DrawnChange[] = [
  {
    from: ["off"],
    to: withRooms,
    path: [
      { x: 240, y: 84 },
      { x: 240, y: 128 },
    ],
    words: ["rooms are set"],
    at: { x: 250, y: 110 },
  },
  {
    from: withRooms,
    to: ["off"],
    path: [
      { x: 560, y: 130 },
      { x: 560, y: 86 },
    ],
    words: ["the last room is taken out"],
    at: { x: 570, y: 110 },
  },
  {
    from: ["ok"],
    to: ["degraded"],
    path: [
      { x: 360, y: 232 },
      { x: 538, y: 232 },
    ],
    words: ["a room drops out, or", "it is not taken"],
    at: { x: 450, y: 207 },
    anchor: "middle",
  },
  {
    from: ["degraded"],
    to: ["ok"],
    path: [
      { x: 540, y: 260 },
      { x: 362, y: 260 },
    ],
    words: ["all rooms are back,", "and it is taken"],
    at: { x: 450, y: 278 },
    anchor: "middle",
  },
  {
    from: fed,
    to: ["holding"],
    path: [
      { x: 110, y: 320 },
      { x: 110, y: 408 },
    ],
    words: ["fewer rooms", "than needed"],
    at: { x: 120, y: 360 },
  },
  {
    from: ["holding"],
    to: fed,
    path: [
      { x: 250, y: 410 },
      { x: 250, y: 322 },
    ],
    words: ["enough rooms again"],
    at: { x: 260, y: 369 },
  },
  {
    from: ["fallback"],
    to: fed,
    path: [
      { x: 590, y: 410 },
      { x: 590, y: 322 },
    ],
    words: ["enough rooms again, and the heat", "pump has taken the temperature"],
    at: { x: 600, y: 360 },
  },
  {
    from: ["holding"],
    to: ["fallback"],
    path: [
      { x: 360, y: 450 },
      { x: 538, y: 450 },
    ],
    words: ["after 30 minutes"],
    at: { x: 450, y: 441 },
    anchor: "middle",
  },
  {
    from: ["fallback"],
    to: ["holding"],
    path: [
      { x: 540, y: 478 },
      { x: 362, y: 478 },
    ],
    words: ["rooms lost again while", "it is switched back"],
    at: { x: 450, y: 497 },
    anchor: "middle",
  },
];

/** The changes of state that the drawing shows. */
export const drawnChanges: ReadonlySet<string> = new Set(
  changes.flatMap(({ from, to }) => from.flatMap((before) => to.map((after) => changeOf(before, after)))),
);

/** docs/pictures/room-feed-states.svg */
export function roomFeedStates(): string {
  const boxes = Object.entries(states).map(([name, { area, accent, lines }]) => box(area, accent, name, lines));
  const arrows = changes.flatMap(({ path, words, at, anchor }) => [arrow(...path), caption(words, at, anchor)]);
  return drawing(
    { width: 900, height: 560 },
    {
      title: "The five states of the room feed",
      description:
        "Off, ok, degraded, holding and fallback, what the heat pump is sent in each, and what leads from one to another.",
    },
    [
      frame({ x: 20, y: 130, width: 860, height: 412 }, "the zone has rooms"),
      frame({ x: 40, y: 160, width: 820, height: 160 }, "there is a temperature"),
      ...boxes,
      ...arrows,
    ],
  );
}
