/** Keeps what a room reports and when; null where it is no number. */
export function takeRoom({ msg, flow }) {
  const known = flow.get("rooms") ?? {};
  known[msg.topic] = { temperatureC: msg.payload, at: msg.at ?? Date.now() };
  flow.set("rooms", known);
  return null;
}
