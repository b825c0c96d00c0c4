import { nodeReads, nodeTopic, nodeTopicIn, nodeWrites } from "@heatloop/core/hub/topics";
import { expect, test } from "vitest";

test.each([...nodeWrites, ...nodeReads])("a node's topic for %s is known again", (kind) => {
  expect(nodeTopicIn(nodeTopic("node-1", kind))).toEqual({ node: "node-1", kind });
});

test.each([
  "",
  "nodes",
  "nodes/a",
  "nodes//status",
  "nodes/a/other",
  "nodes/a/status/b",
  "homes/a/status",
  "hub/broadcast",
])("%j is no topic of a node", (topic) => {
  expect(nodeTopicIn(topic)).toBe(undefined);
});
