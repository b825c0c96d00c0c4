/**
 * Whether now is one of the cheapest hours of those that count, and what is wished then: first of the hot water, second of the
 * room. Where a price from now until their end is missing, or all are equal, nothing is wished.
 */
export function cheapHours({ msg, env, flow, node }) {
  const now = Date.now();
  const hourMs = 3_600_000;
  const { from, until } = msg.payload ?? { from: now, until: now + 1 };
  const slots = (flow.get("prices") ?? [])
    .map(({ start, price }, i, { [i - 1]: before, [i + 1]: after }) => {
      const lengthMs = Math.min(after ? after.start - start : start - (before?.start ?? 0), hourMs);
      return { price, start: Math.max(start, from), end: Math.min(start + lengthMs, until) };
    })
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.price - b.price || a.start - b.start);
  const knownMs = slots.reduce((sum, { start, end }) => sum + Math.max(0, end - Math.max(start, now)), 0);
  const isKnown = knownMs >= until - Math.max(now, from);
  const areEqual = slots.length > 0 && slots[0].price === slots.at(-1).price;
  let leftMs = env.get("HEATLOOP_CHEAP_HOURS") * hourMs;
  let isCheap = false;
  for (const { start, end } of slots) {
    if (leftMs > 0 && start <= now && now < end) isCheap = isKnown && !areEqual;
    leftMs -= end - start;
  }
  const kind = !isKnown ? "prices missing" : areEqual ? "all prices are equal" : isCheap ? "cheap now" : "not now";
  node.status({ fill: isKnown ? "green" : "yellow", shape: isCheap ? "dot" : "ring", text: kind });
  const byK = env.get("HEATLOOP_CHEAP_ROOM_K");
  return [
    { topic: "price", payload: isCheap ? { toC: env.get("HEATLOOP_CHEAP_HOT_WATER_C") } : null },
    { topic: "price", payload: isCheap && byK > 0 ? { byK } : null },
  ];
}
