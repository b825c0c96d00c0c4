import { type Accent, type Area, arrow, box, caption, drawing, frame, type Spot } from "./drawing.ts";

/** A part of the data's way: `folders` are those of its code in the add-on, `core` those of core that it works with. */
type Part = {
  readonly area: Area;
  readonly accent: Accent;
  readonly heading: string;
  readonly lines: readonly string[];
  readonly folders: readonly string[];
  readonly core: readonly string[];
};

const [left, middle, right] = [40, 365, 690];
const width = 245;

/** The box of a part of the program: it is headed by its folders in the add-on. */
function part(
  spot: Spot,
  accent: Accent,
  folders: readonly string[],
  core: readonly string[],
  words: readonly string[],
): Part {
  const lines = core.length === 0 ? words : [...words, `core: ${core.join(", ")}`];
  const heading = folders.map((folder) => `${folder}/`).join(" ");
  return { area: { ...spot, width, height: core.length === 0 ? 76 : 94 }, accent, heading, lines, folders, core };
}

function outside(x: number, accent: Accent, heading: string, line: string): Part {
  return { area: { x, y: 24, width, height: 58 }, accent, heading, lines: [line], folders: [], core: [] };
}

/** Every box of the drawing. */
export const flowParts: readonly Part[] = [
  outside(left, "device", "ESP32", "at the heat pump's CN105"),
  outside(middle, "calm", "MQTT broker", "Mosquitto, for example"),
  outside(right, "home", "Home Assistant", "entities, card, thermostats"),
  part({ x: middle, y: 176 }, "program", ["mqtt"], [], ["the one connection to the", "broker, with its limits"]),
  part({ x: right, y: 176 }, "home", ["home-assistant"], [], ["rooms, meters, prices as they", "are reported"]),
  part(
    { x: middle, y: 296 },
    "program",
    ["device"],
    ["catalogue", "live"],
    ["a message becomes a reading,", "or is not known"],
  ),
  part({ x: right, y: 296 }, "home", ["room-feed"], ["room-feed"], ["rooms -> one temperature,", "sent or held"]),
  part({ x: middle, y: 434 }, "program", ["heat-pump"], ["minute"], ["readings become a minute;", "what is announced"]),
  part({ x: middle, y: 572 }, "good", ["archive"], ["minute"], ["CSV files, only appended to:", "the truth"]),
  part(
    { x: left, y: 572 },
    "good",
    ["report"],
    ["energy", "events", "cost"],
    ["days, COP, cost and advice,", "made of the files alone"],
  ),
  part({ x: left, y: 434 }, "program", ["web"], [], ["page, API, websocket, for", "people and programs"]),
  part(
    { x: left, y: 296 },
    "serious",
    ["alerts", "channels"],
    [],
    ["what a person should know", "now, and who is told"],
  ),
  part({ x: right, y: 572 }, "good", ["statistics"], ["energy"], ["hours for Home Assistant's", "Energy dashboard"]),
];

type Flow = { readonly path: readonly [Spot, Spot, ...Spot[]]; readonly words: readonly string[]; readonly at?: Spot };

const [west, middleWest, middleEast, east] = [left + width, middle, middle + width, right];
const down = (x: number, from: number, to: number) =>
  [
    { x, y: from },
    { x, y: to - 2 },
  ] as const;
const up = (x: number, from: number, to: number) =>
  [
    { x, y: from },
    { x, y: to + 2 },
  ] as const;
const toEast = (from: number, to: number, y: number) =>
  [
    { x: from, y },
    { x: to - 2, y },
  ] as const;
const toWest = (from: number, to: number, y: number) =>
  [
    { x: from, y },
    { x: to + 2, y },
  ] as const;

const flows: readonly Flow[] = [
  { path: toEast(west, middleWest, 44), words: ["states"], at: { x: west + 20, y: 37 } },
  { path: toWest(middleWest, west, 64), words: ["commands"], at: { x: west + 9, y: 82 } },
  { path: toEast(middleEast, east, 44), words: ["entities"], at: { x: middleEast + 15, y: 37 } },
  { path: toWest(east, middleEast, 64), words: ["commands"], at: { x: middleEast + 9, y: 82 } },
  { path: down(450, 82, 176), words: ["what the heat", "pump publishes"], at: { x: 352, y: 106 } },
  { path: up(530, 176, 82), words: ["commands, entities,", "figures"], at: { x: 540, y: 106 } },
  { path: down(812, 82, 176), words: ["thermostats,", "prices"], at: { x: 822, y: 106 } },
  { path: down(450, 252, 296), words: ["messages"], at: { x: 388, y: 279 } },
  { path: up(530, 296, 252), words: ["commands, never retained"], at: { x: 540, y: 279 } },
  { path: down(812, 252, 296), words: ["rooms"], at: { x: 822, y: 279 } },
  { path: toWest(east, middleEast, 343), words: ["sends"], at: { x: middleEast + 22, y: 336 } },
  { path: down(488, 390, 434), words: ["readings"], at: { x: 498, y: 417 } },
  { path: down(488, 528, 572), words: ["a row a minute, each change"], at: { x: 498, y: 555 } },
  { path: toWest(middleWest, west, 619), words: ["minutes"], at: { x: west + 17, y: 612 } },
  { path: toEast(middleEast, east, 619), words: ["minutes"], at: { x: middleEast + 15, y: 612 } },
  { path: up(162, 572, 510), words: ["reports"], at: { x: 172, y: 546 } },
  {
    path: [
      { x: middleWest, y: 370 },
      { x: 325, y: 370 },
      { x: 325, y: 472 },
      { x: west + 2, y: 472 },
    ],
    words: ["live"],
    at: { x: 331, y: 430 },
  },
  { path: toWest(middleWest, west, 334), words: ["values"], at: { x: west + 20, y: 327 } },
  { path: down(162, 372, 434), words: ["alerts"], at: { x: 172, y: 408 } },
  {
    path: [
      { x: 935, y: 619 },
      { x: 955, y: 619 },
      { x: 955, y: 214 },
      { x: 937, y: 214 },
    ],
    words: ["hours"],
    at: { x: 916, y: 540 },
  },
];

/** docs/pictures/data-flow.svg */
export function dataFlow(): string {
  const boxes = flowParts.map(({ area, accent, heading, lines }) => box(area, accent, heading, lines));
  const arrows = flows.flatMap(({ path, words, at }) => [
    arrow(...path),
    ...(at === undefined ? [] : [caption(words, at)]),
  ]);
  return drawing(
    { width: 1000, height: 704 },
    {
      title: "How data flows through Heatloop",
      description:
        "From the ESP32 over the MQTT broker into readings, minutes and the CSV files, from there into reports, the page and Home Assistant; and from the thermostats over the room feed back to the heat pump.",
    },
    [frame({ x: 20, y: 140, width: 960, height: 544 }, "Heatloop, the folders of ha-addon/src/"), ...boxes, ...arrows],
  );
}
