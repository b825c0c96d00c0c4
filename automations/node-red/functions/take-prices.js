/**
 * Keeps prices: a JSON list of `{ "start": ..., "price": ... }`, hours or quarters; `start` is a time with its offset, or ms since
 * 1970. What came before is kept for two days, so that a list of the hours to come is enough. Each slot lasts until the next one.
 */
export function takePrices({ msg, flow, node }) {
  let list = msg.payload;
  try {
    if (typeof list === "string") list = JSON.parse(list);
  } catch {
    list = null;
  }
  if (!Array.isArray(list)) {
    node.status({ fill: "red", shape: "ring", text: 'not a list of { "start", "price" }' });
    return null;
  }
  const hourMs = 3_600_000;
  const read = list
    .slice(0, 1000)
    .map((each) => ({ start: startOf(each?.start), price: each?.price }))
    .filter(({ start, price }) => Number.isFinite(start) && typeof price === "number" && Number.isFinite(price));
  const oldest = Date.now() - 48 * hourMs;
  const starts = new Map([...(flow.get("prices") ?? []), ...read].map((each) => [each.start, each.price]));
  const prices = [...starts].map(([start, price]) => ({ start, price })).filter(({ start }) => start >= oldest);
  prices.sort((a, b) => a.start - b.start);
  flow.set("prices", prices.slice(0, 1000));
  node.status({ fill: read.length > 0 ? "green" : "red", shape: "dot", text: `${read.length} prices` });
  return null;

  /** A time without its offset could be meant in any time zone. */
  function startOf(start) {
    if (typeof start === "number") return start;
    return /T.*(Z|[+-]\d\d:?\d\d)$/.test(start) ? Date.parse(start) : Number.NaN;
  }
}
