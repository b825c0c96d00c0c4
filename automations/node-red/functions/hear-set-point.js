/** What the heat pump says: whether it is there, what it is doing, and its set-point. */
export function hearSetPoint({ msg, env, flow }) {
  const path = msg.topic.slice(env.get("HEATLOOP_PREFIX").length + 1);
  const payload = String(msg.payload);
  const known = flow.get("known") ?? {};
  if (path === "status") known.isOnline = payload === "online";
  if (path === env.get("HEATLOOP_OPERATION_TOPIC")) known.operation = payload;
  if (path === `${env.get("SETPOINT")}/state`) known.setpointC = Number.parseFloat(payload) || null;
  flow.set("known", known);
  return null;
}
