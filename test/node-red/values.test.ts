import { describe, expect, it } from "vitest";
import { settings } from "#scripts/node-red/settings.ts";
import { functionOf, surroundings } from "./run-function.ts";

type Row = { readonly topic: string; readonly payload: string };

const paths = JSON.parse(settings.find(({ name }) => name === "HEATLOOP_DASHBOARD")?.value ?? "{}");
const dashboardValues = await functionOf("dashboard-values", "dashboardValues");
const numberInAPayload = await functionOf("number-in-a-payload", "numberInAPayload");
const askHomeAssistant = await functionOf("ask-home-assistant", "askHomeAssistant");
const roomsOfHomeAssistant = await functionOf("rooms-of-home-assistant", "roomsOfHomeAssistant");

describe("the dashboard", () => {
  it.each([
    ["flow", "31.52", "31.5 °C"],
    ["flow", "nan", "–"],
    ["outdoor", "0.0", "0.0 °C"],
    ["room", "0.0", "–"],
    ["cop", "0.00", "–"],
    ["cop", "3.94", "3.9"],
    ["cop", "None", "–"],
    ["operation", "Heating Water", "Heating Water"],
    ["feed", "unavailable", "–"],
    ["feed", "", "–"],
  ])("shows the %s %s as %s, and as a dash while the heat pump is offline", (id, payload, text) => {
    const around = surroundings({ HEATLOOP_DASHBOARD: paths });
    const shown = () => dashboardValues<readonly Row[]>(around).find(({ topic }) => topic === id)?.payload;
    around.global.set("heatPump", { status: "online", [paths[id]]: payload });
    expect(shown()).toBe(text);
    around.global.set("heatPump", { status: "offline", [paths[id]]: payload });
    expect(shown()).toBe("–");
  });
});

describe("a number in a payload", () => {
  it.each([
    ["21.5", "", 1, 21.5],
    [" -3 ", "", 1, -3],
    ["1.5e3", "", 1, 1500],
    [7, "", 2, 14],
    ['{"a": 41}', "a", 0.5, 20.5],
    [{ a: "41" }, "a", 0.5, 20.5],
    ['{"a": {"b": 1}}', "a", 1, null],
    ['{"a": 1}', "b", 1, null],
    ["{", "a", 1, null],
    ["null", "a", 1, null],
    ["", "", 1, null],
    ["unavailable", "", 1, null],
    ["0x10", "", 1, null],
    ["Infinity", "", 1, null],
    ["1e999", "", 1, null],
    [true, "", 1, null],
    ["21", "", Number.NaN, null],
  ])("%j, field %j, times %s: %s", (payload, FIELD, SCALE, number) => {
    expect(numberInAPayload(surroundings({ FIELD, SCALE }), { topic: "t", payload })?.payload).toBe(number);
  });
});

describe("the rooms of Home Assistant", () => {
  const rooms = [
    { name: "Kitchen", topic: "climate.kitchen", field: "current_temperature", scale: 0.5 },
    { name: "Hall", topic: "sensor.hall" },
    { name: "No entity", topic: "home/{{ 1 }}" },
  ];
  const around = surroundings({ HEATLOOP_ROOMS: rooms });

  it("are asked for by the id of their entity alone", () => {
    const { template } = askHomeAssistant<{ readonly template: string }>(around);
    expect(template).toContain('[["climate.kitchen","current_temperature"],["sensor.hall",""]]');
    expect(template).not.toContain("home/");
  });

  const answer = [
    { topic: "climate.kitchen", value: 41, at: 1_768_478_400_000 },
    { topic: "sensor.hall", value: null, at: 1_768_478_300_000 },
  ];
  it.each([
    ["text", JSON.stringify(answer)],
    ["a list", answer],
  ])("are a message each, with their value, their age and their scale, of an answer that is %s", (_, payload) => {
    expect(roomsOfHomeAssistant(around, { payload })).toEqual([
      [
        { topic: "climate.kitchen", payload: 41, at: 1_768_478_400_000, field: "", scale: 0.5 },
        { topic: "sensor.hall", payload: null, at: 1_768_478_300_000, field: "", scale: 1 },
      ],
    ]);
  });
});
