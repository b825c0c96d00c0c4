import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { mistakeLine } from "@heatloop/program/mistakes";
import { expect, test } from "vitest";

const lines = (hub: object) => parseSettings({ hub }).mistakes.map(mistakeLine);

test("there is no hub where none was set", () => {
  expect(parseSettings({}).settings.hub).toEqual({ url: "", claim_code: "", ca_file: "" });
});

test.each([
  { url: "https://hub.example.org" },
  { url: "https://example.org/behind/a/path/" },
  { url: "http://192.168.1.10:8100", claim_code: "7K2M-Q9XA-0FHT" },
  { url: "https://hub.local", ca_file: "/config/hub-ca.pem" },
  { url: "http://hub.local:8100", claim_code: " 7k2m q9xa ofht " },
])("the hub may be %j", (hub) => {
  expect(lines(hub)).toEqual([]);
});

test.each([
  [
    { url: "http://hub.example.org" },
    ["hub.url: found a text that is not shown here; allowed: the hub's https:// address"],
  ],
  [{ url: "https://me:word@hub.example.org" }, ["hub.url"]],
  [{ url: "https://hub.example.org/#claim=7K2M-Q9XA-0FHT" }, ["hub.url"]],
  [{ claim_code: "7K2M-Q9XA" }, ["hub.claim_code: found a text that is not shown here; allowed: the claim code that"]],
  [{ ca_file: "hub-ca.pem" }, ["hub.ca_file: found a text that is not shown here; allowed: the full path of a file"]],
  [{ url: "hub", claim_code: 5, token: "planted" }, ["hub.url", "hub.claim_code", "hub.token: found an unknown key"]],
])("in %j each mistake is named", (hub, starts) => {
  const found = lines(hub);
  expect(found.length).toBe(starts.length);
  for (const [i, start] of starts.entries()) expect(found[i]).toContain(start);
});
