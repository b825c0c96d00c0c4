import { expect, it } from "vitest";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();
const ask = (query = "", headers = {}) => example.app.inject({ url: `${examplePump}/heating-curve${query}`, headers });

it("a house of which nothing is known has no needed flow, and says why", async () => {
  const answer = await ask();
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    used: [],
    curves: { zone_1: [], zone_2: [] },
    needed: null,
    why_unknown: "too_few_days",
    assumptions: [],
  });
});

it("finished days are not sent twice, but again once another kind of heating is set", async () => {
  const query = "?from=2026-01-01&to=2026-01-31";
  const { etag } = (await ask(query)).headers;
  const again = () => ask(query, { "if-none-match": etag });
  expect((await again()).statusCode).toBe(304);
  example.parts.view.heatingNow = { emitterKind: "underfloor", zones: 1 };
  expect((await again()).statusCode).toBe(200);
});

it("mistakes in the range are named", async () => {
  const answer = await ask("?from=2026-02-30");
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors).toMatchObject([{ path: "from" }]);
});
