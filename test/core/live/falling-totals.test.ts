import type { PointId } from "@heatloop/core/catalogue/points";
import { startFallWatch } from "@heatloop/core/live/falling-totals";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, test } from "vitest";

/** The watch after a point reported such values, one every `eachS` seconds. */
function reported(values: readonly number[], point: PointId = "daily_electricity", eachS = 10) {
  const watch = startFallWatch();
  for (const [i, value] of values.entries()) watch.take({ device: "p", point, value, at: i * eachS * 1000 });
  return { watch, endAt: (values.length - 1) * eachS * 1000 };
}
const alternating = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 3.1 : 12.4));

describe("two devices under one prefix", () => {
  test("are noticed by a total that falls again and again, until it has not for ten minutes", () => {
    const { watch, endAt } = reported(alternating);
    expect(watch.falling(endAt)).toEqual({ point: "daily_electricity", from: 12.4, to: 3.1 });
    expect(watch.falling(endAt + 11 * minuteMs)).toBeNull();
  });

  test.each<[string, ReturnType<typeof reported>]>([
    ["a total that grows", reported([3.1, 3.2, 3.2, 3.3, 3.4, 3.5])],
    ["midnight and a restored counter", reported([28.4, 0, 0.1, 0.2, 0.1, 0.2])],
    ["temperatures", reported(alternating, "flow_temperature")],
    [
      "an ESP32 that restarts again and again",
      reported([60, 10, 60, 10, 60, 10, 60, 10, 60, 10, 60, 10], "esp_uptime"),
    ],
    ["a fall each hour", reported(alternating, "daily_electricity", 1800)],
  ])("are not suspected of %s", (_what, { watch, endAt }) => {
    expect(watch.falling(endAt)).toBeNull();
  });
});
