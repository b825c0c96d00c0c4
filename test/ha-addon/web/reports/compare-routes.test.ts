import { expect, it } from "vitest";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();
const ask = (query: string) => example.app.inject(`${examplePump}/compare?${query}`);

it("two periods that can't be compared are reported as such, with the weather of each", async () => {
  const answer = await ask("before_from=2026-10-01&before_to=2026-10-10&after_from=2026-11-01");
  expect(answer.json()).toEqual({
    comparable: false,
    outdoor_before_c: null,
    outdoor_after_c: null,
    changes: null,
  });
});

it("every mistake in the periods is named at once, by the name that it has here", async () => {
  const answer = await ask("before_from=2026-02-30&before_to=2026-10-10&after_from=2026-11-10&after_to=2026-11-01");
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual(["before_from", "after_to"]);
});

it("a period that is missing is asked for", async () => {
  const answer = await ask("before_from=2026-10-01&before_to=2026-10-10");
  expect(answer.statusCode).toBe(400);
  expect(answer.json().detail).toContain("after_from");
});
