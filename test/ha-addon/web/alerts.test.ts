import type { EndedAlert } from "@heatloop/ha-addon/alerts/alert";
import { alertSchema } from "@heatloop/ha-addon/web/alerts/schemas";
import type { LightMyRequestResponse } from "fastify";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { exampleNow } from "#test/support/examples/device.ts";
import { exampleAlert } from "#test/support/examples/view.ts";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();
const alerts = z.array(alertSchema);
const sameSite = { "sec-fetch-site": "same-origin" };

const offline = {
  ...exampleAlert,
  id: "offline/ecodan-heatpump",
  severity: "error",
  problem: { code: "offline", name: "Ecodan" },
  device: "ecodan-heatpump",
} as const;

function ended(number: number): EndedAlert {
  const { snoozedUntil: _, ...kept } = exampleAlert;
  const at = exampleNow - 86_400_000 + number * 60_000;
  return {
    ...kept,
    number,
    id: "fault/ecodan-heatpump",
    severity: "error",
    message: `E${number}`,
    device: "ecodan-heatpump",
    sinceAt: at - 60_000,
    endedAt: at,
    acknowledged: number === 3 ? { at, by: "Ada" } : null,
  };
}

function post(url: string, body?: unknown, headers: Record<string, string> = sameSite) {
  const payload = body === undefined ? {} : { payload: body as object };
  return example.app.inject({ method: "POST", url, headers, ...payload });
}

describe("GET /api/alerts", () => {
  it("has the active ones with what persons did about them", async () => {
    const acknowledged = { at: exampleNow - 60_000, by: "Ada" };
    example.parts.view.alertList = [{ ...offline, acknowledged, snoozedUntil: exampleNow + 3_600_000 }];
    example.parts.view.endedList = [ended(1)];
    expect(await example.json("/api/alerts", alerts)).toEqual([
      {
        id: "offline/ecodan-heatpump",
        severity: "error",
        message: "Ecodan is offline: check the ESP32's power and Wi-Fi",
        device: "ecodan-heatpump",
        since: "2026-11-21T09:30:00+01:00",
        acknowledged: "2026-11-21T10:29:00+01:00",
        acknowledged_by: "Ada",
        snoozed_until: "2026-11-21T11:30:00+01:00",
      },
    ]);
  });

  it("has those that are over, the newest first, with when they ended", async () => {
    example.parts.view.endedList = [ended(4), ended(3)];
    expect(await example.json("/api/alerts?state=ended", alerts)).toMatchObject([
      { message: "E4", ended: "2026-11-20T10:34:00+01:00", acknowledged: null },
      { message: "E3", ended: "2026-11-20T10:33:00+01:00", acknowledged_by: "Ada", snoozed_until: null },
    ]);
  });

  it("leads from page to page to all of them, each once, and the active ones first", async () => {
    const numbers = Array.from({ length: 25 }, (_, index) => 25 - index);
    example.parts.view.alertList = [offline];
    example.parts.view.endedList = numbers.map(ended);
    const seen: string[] = [];
    let url: string | undefined = "/api/alerts?state=all&limit=10";
    while (url !== undefined) {
      const answer: LightMyRequestResponse = await example.app.inject(url);
      seen.push(...alerts.parse(answer.json()).map(({ message }) => message));
      const next: string | undefined = /^<(alerts\?[^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ""))?.[1];
      url = next && new URL(next, "http://heatloop/api/alerts").toString().replace("http://heatloop", "");
    }
    expect(seen.slice(1)).toEqual(numbers.map((number) => `E${number}`));
    expect(seen[0]).toContain("offline");
  });

  it.each(["state=old", "limit=0", "limit=1001", "limit=x", "before=-1", "before=", "page=2"])(
    "says what is allowed instead of ?%s",
    async (query) => {
      const answer = await example.app.inject(`/api/alerts?${query}`);
      expect([answer.statusCode, answer.json().errors]).toMatchObject([400, [{ path: query.split("=")[0] }]]);
    },
  );
});

describe("a person", () => {
  const paths = ["/api/alerts/offline%2Fecodan-heatpump", "/api/alerts/offline/ecodan-heatpump"];

  it.each(paths)("acknowledges an alert at %s, with and without a body", async (path) => {
    example.parts.view.alertList = [offline];
    const named = { ...sameSite, "content-type": "application/json" };
    for (const [body, headers] of [
      [undefined, sameSite],
      [{}, sameSite],
      [undefined, named],
    ] as const) {
      const answer = await post(`${path}/acknowledge`, body, headers);
      expect(answer.statusCode, answer.body).toBe(200);
      expect(alertSchema.parse(answer.json())).toMatchObject({
        id: offline.id,
        acknowledged: "2026-11-21T10:30:00+01:00",
        acknowledged_by: null,
      });
    }
  });

  it.each(paths)("snoozes an alert at %s", async (path) => {
    example.parts.view.alertList = [offline];
    const answer = await post(`${path}/snooze`, { minutes: 90 });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { snoozed_until: "2026-11-21T12:00:00+01:00" }]);
  });

  it.each([
    { minutes: 4 },
    { minutes: 10_081 },
    { minutes: 7.5 },
    { minutes: "60" },
    {},
    { minutes: 60, by: "me" },
    [],
  ])("is told what may be sent instead of %j", async (body) => {
    example.parts.view.alertList = [offline];
    for (const path of paths) {
      const answer = await post(`${path}/snooze`, body);
      expect([path, answer.statusCode]).toEqual([path, 400]);
    }
  });

  it.each(paths)("is told that there is no such alert at %s", async (path) => {
    example.parts.view.alertList = [];
    for (const [change, body] of [
      ["acknowledge", undefined],
      ["snooze", { minutes: 60 }],
    ] as const) {
      const answer = await post(`${path}/${change}`, body);
      expect([answer.statusCode, answer.json().detail]).toEqual([
        404,
        'There is no active alert "offline/ecodan-heatpump"; see GET /api/alerts.',
      ]);
    }
  });

  it("does not do it by a page of another site", async () => {
    example.parts.view.alertList = [offline];
    for (const path of paths) {
      const answer = await post(`${path}/acknowledge`, undefined, { "sec-fetch-site": "cross-site" });
      expect(answer.statusCode).toBe(403);
    }
    expect(example.parts.view.alertList).toEqual([offline]);
  });

  it.each([
    ["GET", "/api/alerts/offline/ecodan-heatpump/acknowledge", 405],
    ["POST", "/api/alerts", 405],
    ["POST", "/api/alerts/offline/ecodan-heatpump/forget", 404],
  ] as const)("who asks for %s %s gets %i", async (method, url, status) => {
    expect((await example.app.inject({ method, url, headers: sameSite })).statusCode).toBe(status);
  });
});
