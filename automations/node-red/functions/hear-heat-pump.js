/**
 * Keeps the last payload of each topic of the heat pump, by its path below the prefix, for the other tabs. It is the only one that
 * subscribes to them: where two nodes subscribe to one topic, the second does not get what the broker kept.
 */
export function hearHeatPump({ msg, env, global }) {
  const heatPump = global.get("heatPump") ?? {};
  heatPump[msg.topic.slice(env.get("HEATLOOP_PREFIX").length + 1)] = String(msg.payload);
  global.set("heatPump", heatPump);
  return null;
}
