import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { ruleIds, timingsOf } from "@heatloop/ha-addon/alerts/alerts";
import { alertRuleIds, alertsSchema } from "@heatloop/ha-addon/settings/alerts-settings";
import { expect, it } from "vitest";
import { lookMs, watchedLog, wrong } from "./log-world.ts";

const timings = Object.fromEntries(ruleIds.map((id) => [id, timingsOf(alertsSchema.parse({}))(id)]));
const ofPump = ["offline/hp", "fault/hp", "no_status/hp", "room_feed/hp/1", "room/hp/climate.office"].map((id) =>
  wrong(id),
);
const broker = wrong("mqtt");

it("every kind of alert can be switched off by its id, and nothing else", () => {
  expect([...alertRuleIds].sort()).toEqual([...ruleIds].sort());
  expect(new Set(ruleIds).size).toBe(ruleIds.length);
});

it("each cause is a kind of alert", () => {
  const causes = Object.values(timings).flatMap(({ consequenceOf }) => consequenceOf);
  expect(causes.filter((cause) => !ruleIds.includes(cause))).toEqual([]);
});

it("a broker that is away is one alert, however much follows from it", () => {
  const log = watchedLog(timings);
  log.for(hourMs, [broker, ...ofPump]);
  expect(log.happened()).toEqual(["raised mqtt"]);
  log.for(hourMs, []);
  expect(log.happened()).toEqual(["cleared mqtt"]);
});

it("what still lasts when the cause is over must last as long as ever", () => {
  const log = watchedLog(timings);
  log.for(hourMs, [broker, ...ofPump]);
  log.happened();
  log.for(4 * minuteMs, [wrong("offline/hp")]);
  expect(log.happened()).toEqual(["cleared mqtt"]);
  log.for(2 * minuteMs, [wrong("offline/hp")]);
  expect(log.happened()).toEqual(["raised offline/hp"]);
});

it("an alert from before its cause stays as it was: nobody knows whether it is over", () => {
  const log = watchedLog(timings);
  log.for(minuteMs, [wrong("fault/hp")]);
  log.for(hourMs, [broker]);
  expect(log.happened()).toEqual(["raised fault/hp", "raised mqtt"]);
  log.for(minuteMs, []);
  expect(log.happened().sort()).toEqual(["cleared fault/hp", "cleared mqtt"]);
});

it("a heat pump that is offline explains its own alerts, not those of another one", () => {
  const log = watchedLog(timings);
  const devices = ["hp", "second"];
  log.for(hourMs, [wrong("offline/hp"), wrong("room_feed/hp/1"), wrong("room_feed/second/1")], { devices });
  expect(log.happened()).toEqual(["raised room_feed/second/1", "raised offline/hp"]);
});

it("Home Assistant that is away is one alert, not one a room", () => {
  const log = watchedLog(timings);
  log.for(hourMs, [wrong("home_assistant"), wrong("room/hp/climate.a"), wrong("room/hp/climate.b"), wrong("prices/p")]);
  expect(log.happened()).toEqual(["raised home_assistant"]);
});

it("a cause that is switched off explains all the same", () => {
  const log = watchedLog(timings, ["mqtt"]);
  log.for(hourMs, [broker, ...ofPump]);
  expect(log.happened()).toEqual([]);
  log.for(lookMs, []);
  expect(log.happened()).toEqual([]);
});
