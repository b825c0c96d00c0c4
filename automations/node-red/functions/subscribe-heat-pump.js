/** Subscribes to what the other tabs know of the heat pump; what was known before the start is known no longer. */
export function subscribeHeatPump({ env, global }) {
  global.set("heatPump", {});
  const setPoints = ["HEATLOOP_HOT_WATER", "HEATLOOP_ROOM"].map((name) => `${env.get(name)}/state`);
  const states = ["HEATLOOP_OPERATION_TOPIC", "HEATLOOP_FAULT_TOPIC", "HEATLOOP_DEFROST_TOPIC"].map((name) =>
    env.get(name),
  );
  const paths = new Set(["status", ...states, ...setPoints, ...Object.values(env.get("HEATLOOP_DASHBOARD") ?? {})]);
  const prefix = env.get("HEATLOOP_PREFIX");
  return { action: "subscribe", topic: [...paths].map((path) => ({ topic: `${prefix}/${path}`, qos: 1 })) };
}
