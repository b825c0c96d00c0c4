/** Subscribes to what the alerts are made of, once at the start and whenever the settings were deployed anew. */
export function subscribeHeatPump({ env }) {
  const paths = ["status", env.get("HEATLOOP_FAULT_TOPIC"), env.get("HEATLOOP_DEFROST_TOPIC")];
  return [paths.map((path) => ({ action: "subscribe", topic: `${env.get("HEATLOOP_PREFIX")}/${path}`, qos: 1 }))];
}
