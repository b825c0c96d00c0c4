import { bodySpacesOfHeap, largestBodyBytes, newSpace } from "@heatloop/hub/telemetry/body-space";
import fc from "fast-check";
import { expect, test } from "vitest";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("never more is in a space than it has place for, but for one that is larger than all of it, and all come in by their turn", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 1, maxLength: 30 }), async (sizes) => {
      const space = newSpace(100);
      const inside: { readonly nth: number; readonly bytes: number; readonly leave: () => void }[] = [];
      const order: number[] = [];
      for (const [nth, bytes] of sizes.entries()) {
        void space.enter(bytes).then((leave) => {
          inside.push({ nth, bytes, leave });
          order.push(nth);
        });
      }
      for (let left = 0; left < sizes.length; left += 1) {
        await settled();
        const bytes = inside.reduce((sum, each) => sum + each.bytes, 0);
        expect(bytes <= 100 || inside.filter((each) => each.bytes > 0).length === 1).toBe(true);
        expect(space.waiting()).toBe(sizes.length - order.length);
        const next = inside.shift();
        next?.leave();
        // Twice is once.
        next?.leave();
      }
      expect(order).toEqual(sizes.map((_, nth) => nth));
    }),
  );
});

test("a small heap has space for one of the largest bodies, and a large one for many", async () => {
  const small = bodySpacesOfHeap(64 * 1024 * 1024).storing;
  const leave = await small.enter(largestBodyBytes);
  void small.enter(1);
  expect(small.waiting()).toBe(1);
  leave();
  expect(small.waiting()).toBe(0);
  const large = bodySpacesOfHeap(2 ** 32).storing;
  for (let i = 0; i < 30; i += 1) await large.enter(largestBodyBytes);
  expect(large.waiting()).toBe(0);
});
