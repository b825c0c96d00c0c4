import { watchersOf } from "@heatloop/ha-addon/base/watchers";
import { expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";

it("a watcher that throws is named in the log, and those after it are notified all the same", () => {
  const log = recordingLog();
  const watchers = watchersOf<[number]>(log, "a change");
  const notified: string[] = [];
  watchers.add((value) => notified.push(`first ${value}`));
  watchers.add(() => {
    throw new Error("thrown by the test");
  });
  const stop = watchers.add((value) => notified.push(`last ${value}`));
  watchers.notify(1);
  stop();
  watchers.notify(2);
  expect(notified).toEqual(["first 1", "last 1", "first 2"]);
  expect(log.lines[0]).toMatch(/ERROR a change could not be followed everywhere; .*thrown by the test/);
});

it("a function that watches twice is notified twice, until each watch is stopped", () => {
  const watchers = watchersOf<[]>(recordingLog(), "a change");
  let count = 0;
  const watch = () => {
    count += 1;
  };
  const stops = [watchers.add(watch), watchers.add(watch)];
  watchers.notify();
  stops[0]?.();
  watchers.notify();
  expect(count).toBe(3);
});
