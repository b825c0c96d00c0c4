import { type GatherRules, gathered } from "@heatloop/hub/database/gathered";
import fc from "fast-check";
import { expect, test } from "vitest";

type Item = { readonly group: string; readonly weight: number; readonly nth: number };

/** Work of which each batch waits until it is let go on. */
function slowWork(more: Partial<GatherRules<Item>> = {}) {
  const batches: { readonly items: readonly Item[]; readonly end: (error?: Error) => void }[] = [];
  const rules: GatherRules<Item> = {
    groupOf: ({ group }) => group,
    weightOf: ({ weight }) => weight,
    most: 10,
    atOnce: 1,
    failsAll: (error) => error instanceof RangeError,
    ...more,
  };
  const take = gathered<Item, number>(rules, async (items) => {
    await new Promise<void>((resolve, reject) => {
      batches.push({ items, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
    return items.map(({ nth }) => nth);
  });
  return { take, batches };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const item = (nth: number, group = "a", weight = 1): Item => ({ group, weight, nth });

test("who comes first is worked on at once, and those that come meanwhile together", async () => {
  const { take, batches } = slowWork();
  const answers = [1, 2, 3].map((nth) => take(item(nth)));
  expect(batches.map(({ items }) => items.length)).toEqual([1]);
  batches[0]?.end();
  await settled();
  expect(batches.map(({ items }) => items.map(({ nth }) => nth))).toEqual([[1], [2, 3]]);
  batches[1]?.end();
  expect(await Promise.all(answers)).toEqual([1, 2, 3]);
});

test("those of different groups are never worked on together, and no group waits for the rest of another", async () => {
  const { take, batches } = slowWork();
  const answers = [item(1), item(2, "b"), item(3, "a"), item(4, "b")].map(take);
  for (let i = 0; i < 3; i += 1) {
    batches[i]?.end();
    await settled();
  }
  expect(batches.map(({ items }) => items.map(({ nth }) => nth))).toEqual([[1], [2, 4], [3]]);
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4]);
});

test("of the same name none overtakes one that came before it, and others do not wait", async () => {
  const { take, batches } = slowWork({ atOnce: 2, orderedBy: ({ weight }) => String(weight) });
  const answers = [item(1, "a", 1), item(2, "a", 1), item(3, "a", 2), item(4, "b", 1), item(5, "a", 2)].map(take);
  const begun = () => batches.map(({ items }) => items.map(({ nth }) => nth));
  expect(begun()).toEqual([[1], [3]]);
  batches[1]?.end();
  await settled();
  expect(begun()).toEqual([[1], [3], [5]]);
  batches[0]?.end();
  await settled();
  expect(begun()).toEqual([[1], [3], [5], [2]]);
  batches[2]?.end();
  batches[3]?.end();
  await settled();
  batches[4]?.end();
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5]);
});

test("a batch has no more work than it may, but for one item that is more by itself", async () => {
  const { take, batches } = slowWork();
  const answers = [item(1), item(2, "a", 6), item(3, "a", 6), item(4, "a", 99)].map(take);
  for (let i = 0; i < 4; i += 1) {
    batches[i]?.end();
    await settled();
  }
  expect(batches.map(({ items }) => items.map(({ nth }) => nth))).toEqual([[1], [2], [3], [4]]);
  await Promise.all(answers);
});

test("what cannot be worked on fails alone", async () => {
  const { take, batches } = slowWork();
  const first = take(item(1));
  const answers = Promise.allSettled([2, 3, 4].map((nth) => take(item(nth))));
  batches[0]?.end();
  await first;
  await settled();
  batches[1]?.end(new Error("one of them is odd"));
  for (const [at, error] of [undefined, new Error("odd"), undefined].entries()) {
    await settled();
    batches[at + 2]?.end(error);
  }
  expect(await answers).toMatchObject([
    { status: "fulfilled", value: 2 },
    { status: "rejected", reason: { message: "odd" } },
    { status: "fulfilled", value: 4 },
  ]);
});

test("what would fail each of them is not tried again for each", async () => {
  const { take, batches } = slowWork();
  const first = take(item(1));
  const answers = Promise.allSettled([2, 3].map((nth) => take(item(nth))));
  batches[0]?.end();
  await first;
  await settled();
  batches[1]?.end(new RangeError("away"));
  expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(batches.length).toBe(2);
});

test("whatever comes, each is answered its own, and once", async () => {
  const items = fc.array(
    fc.record({ group: fc.constantFrom("a", "b", "c"), weight: fc.integer({ min: 0, max: 12 }) }),
    {
      maxLength: 40,
    },
  );
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 3 }), fc.nat(7), async (all, atOnce, odd) => {
      const worked: number[] = [];
      const rules: GatherRules<Item> = {
        groupOf: ({ group }) => group,
        weightOf: ({ weight }) => weight,
        most: 10,
        atOnce,
        failsAll: () => false,
      };
      const take = gathered<Item, number>(rules, async (batch) => {
        await Promise.resolve();
        expect(new Set(batch.map(({ group }) => group)).size).toBe(1);
        if (batch.some(({ nth }) => nth % 8 === odd)) throw new Error("odd");
        worked.push(...batch.map(({ nth }) => nth));
        return batch.map(({ nth }) => nth);
      });
      const answers = await Promise.allSettled(all.map((each, nth) => take({ ...each, nth })));
      expect(answers.map((answer) => (answer.status === "fulfilled" ? answer.value : "odd"))).toEqual(
        all.map((_each, nth) => (nth % 8 === odd ? "odd" : nth)),
      );
      expect(worked.toSorted((a, b) => a - b)).toEqual([...new Set(worked)].toSorted((a, b) => a - b));
    }),
  );
});
