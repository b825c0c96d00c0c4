import { firstRunSchema } from "@heatloop/ha-addon/web/first-run/schemas";
import { describe, expect, it } from "vitest";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

describe("GET /api/first-run", () => {
  it("answers by its schema, whatever is not known", async () => {
    const { view } = example.parts;
    const found = await view.firstRun.now();
    const unknown = { ...found, broker: undefined, yaml: null };
    example.parts.view.firstRun.now = async () => unknown;
    expect(await example.json("/api/first-run", firstRunSchema)).toMatchObject({
      broker: { address: null, port: null, tls: false },
      esphome: { yaml: null },
      tariff: null,
    });
  });
});

describe("POST /api/devices/{id}/room-feed/{zone}/use", () => {
  it.each([
    ["sent", 204, ""],
    ["not_fed", 409, "wait until it has"],
    ["away", 503, "try again later"],
    ["unknown", 404, "has no heating circuit 1"],
  ] as const)("answers %s with %i", async (outcome, status, sentence) => {
    example.parts.view.useRooms = async () => outcome;
    const url = "/api/devices/ecodan-heatpump/room-feed/1/use";
    const answer = await example.app.inject({ method: "POST", url });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(sentence);
  });

  it.each([
    ["/api/devices/nobody/room-feed/1/use", 404],
    ["/api/devices/ecodan-heatpump/room-feed/3/use", 400],
  ])("takes only what there is: %s", async (url, status) => {
    expect((await example.app.inject({ method: "POST", url })).statusCode).toBe(status);
  });
});
