/** Subscribes to the topics of the rooms, once at the start and whenever the settings were deployed anew. */
export function subscribeRooms({ env, node }) {
  const rooms = env.get("HEATLOOP_ROOMS");
  const topics = Array.isArray(rooms)
    ? rooms.map(({ topic }) => topic).filter((topic) => typeof topic === "string")
    : [];
  if (topics.length === 0) {
    node.error('HEATLOOP_ROOMS has no rooms: it is a list such as [{ "name": "Kitchen", "topic": "home/kitchen" }]');
    node.status({ fill: "red", shape: "ring", text: "no rooms" });
    return null;
  }
  node.status({ fill: "green", shape: "dot", text: `${topics.length} rooms` });
  // Without "retain as published" the flag means what the broker kept, also where a thermostat retains all its reports.
  return { action: "subscribe", topic: topics.map((topic) => ({ topic, qos: 1, rap: false })) };
}
