import { backoffMs } from "@heatloop/program/backoff";
import { expect, test } from "vitest";

test.each([
  [0, 1_000],
  [1, 2_000],
  [5, 32_000],
  [6, 60_000],
  [100_000, 60_000],
])("after %i failed attempts the next one waits %i ms", (failedBefore, waitMs) => {
  expect(backoffMs(failedBefore, 1_000, 60_000)).toBe(waitMs);
});
