import {
  foreignDataTopic,
  foreignPrefix,
  foreignTopicIn,
  isForeignSource,
  nodeForeignIn,
} from "@heatloop/core/hub/dialects";
import { expect, test } from "vitest";

test.each([
  ["heatpump/site1/data", "heatpump-monitor", "site1", "data"],
  ["heatpump/site1/alerts", "heatpump-monitor", "site1", "alert"],
  ["heatpump/site1/status", "heatpump-monitor", "site1", "status"],
  ["heatpump/site1/status/online", "heatpump-monitor", "site1", "status"],
  ["heatpump/site1/status/data", "heatpump-monitor", "site1", "status"],
  ["van/ruuvi/inside/data", "site", "van/ruuvi/inside", "data"],
  ["van/ruuvi/inside/status", "site", "van/ruuvi/inside", "status"],
  ["paku/ruuvi/van_inside", "ruuvi", "ruuvi/van_inside", "data"],
])("%s is a topic of %s", (topic, dialect, source, kind) => {
  expect(foreignTopicIn(topic)).toEqual({ dialect, source, kind });
  if (kind !== "data") return;
  expect(foreignDataTopic(dialect as "site", source)).toBe(topic);
  expect(isForeignSource(dialect as "site", source)).toBe(true);
});

test.each([
  "",
  "heatpump",
  "heatpump/site1",
  "heatpump//data",
  "heatpump/site1/data/more",
  "heatpump/a\u0000b/data",
  `heatpump/${"x".repeat(100)}/data`,
  `heatpump/x/status/${"x".repeat(250)}`,
  "van/ruuvi/inside",
  "van/ruuvi/inside/data/more",
  "paku/sensors/ruuvi_cabin/config",
  "nodes/5/foreign/data",
  "hub/a/b/data",
])("%j is a topic of none", (topic) => {
  expect(foreignTopicIn(topic)).toBeUndefined();
});

test.each([
  ["heatpump-monitor", "a/b"],
  ["heatpump-monitor", "+"],
  ["site", "site1"],
  ["site", "nodes/a/b"],
  ["ruuvi", "van_inside"],
  ["ruuvi", ""],
] as const)("%s has no source %j", (dialect, source) => {
  expect(isForeignSource(dialect, source)).toBe(false);
});

test("under a node stands the topic as its system has it", () => {
  expect(nodeForeignIn(`${foreignPrefix("n")}heatpump/site1/data`)).toEqual({
    node: "n",
    topic: "heatpump/site1/data",
  });
  for (const other of ["nodes/n/telemetry", "nodes/n/foreign", "nodes//foreign/x", "heatpump/site1/data"]) {
    expect(nodeForeignIn(other)).toBeUndefined();
  }
});
