/** Subscribes to the set-point and what it depends on; what was known before the start is known no longer. */
export function subscribeSetPoint({ env, flow }) {
  flow.set("known", {});
  const paths = ["status", env.get("HEATLOOP_OPERATION_TOPIC"), `${env.get("SETPOINT")}/state`];
  return [paths.map((path) => ({ action: "subscribe", topic: `${env.get("HEATLOOP_PREFIX")}/${path}`, qos: 1 }))];
}
