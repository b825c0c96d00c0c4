/**
 * The number in a message: the payload itself, or one field of its JSON; null where there is none. The message brings
 * `field` and `scale`, or the instance has them in FIELD and SCALE.
 */
export function numberInAPayload({ msg, env }) {
  const field = msg.field ?? env.get("FIELD");
  const scale = Number(msg.scale ?? env.get("SCALE") ?? 1);
  let value = msg.payload;
  if (field) {
    try {
      value = (typeof value === "string" ? JSON.parse(value) : value)?.[field];
    } catch {
      value = null;
    }
  }
  const isDecimal =
    typeof value === "number" ||
    (typeof value === "string" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim()));
  const number = isDecimal ? Number(value) * scale : Number.NaN;
  return { ...msg, payload: Number.isFinite(number) ? number : null };
}
