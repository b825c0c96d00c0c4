import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { toldSeldom } from "@heatloop/ha-addon/hub/told-seldom";
import { expect, test } from "vitest";
import { simulatedClock } from "#test/support/simulated-clock.ts";

test("what flips all the time is told thirty times an hour, then with how often it was left out; another thing is not held up", () => {
  const clock = simulatedClock(0);
  const mayTell = toldSeldom(clock);
  const told = Array.from({ length: 45 }, () => {
    clock.advanceTo(clock.now() + minuteMs);
    return mayTell("heat_pump_lost hp");
  });
  expect(told.filter((each) => each !== undefined)).toEqual(Array(30).fill({ left: 0 }));
  expect(mayTell("heat_pump_lost other")).toEqual({ left: 0 });
  clock.advanceTo(minuteMs + hourMs);
  expect([mayTell("heat_pump_lost hp"), mayTell("heat_pump_lost hp")]).toEqual([{ left: 15 }, { left: 0 }]);
});
