/** Keeps what a room reports: a number, or a field of JSON. What the broker kept is of an unknown age, so it is not taken. */
export function takeRoom({ msg, env, flow }) {
  const room = (env.get("HEATLOOP_ROOMS") ?? []).find(({ topic }) => topic === msg.topic);
  if (room === undefined || msg.retain) return null;
  const known = flow.get("rooms") ?? {};
  known[room.topic] = { temperatureC: temperatureIn(String(msg.payload)), at: Date.now() };
  flow.set("rooms", known);
  return null;

  function temperatureIn(text) {
    let value = text;
    if (room.field) {
      try {
        value = JSON.parse(text)?.[room.field];
      } catch {
        return null;
      }
    }
    const isDecimal = typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()));
    return isDecimal ? Number(value) * (room.scale ?? 1) : null;
  }
}
