/** A message for each room that Home Assistant has told of. */
export function roomsOfHomeAssistant({ msg, env }) {
  const settings = new Map((env.get("HEATLOOP_ROOMS") ?? []).map((room) => [room.topic, room]));
  const rooms = typeof msg.payload === "string" ? JSON.parse(msg.payload) : msg.payload;
  return [
    rooms.map(({ topic, value, at }) => ({
      topic,
      payload: value,
      at,
      field: "",
      scale: settings.get(topic)?.scale ?? 1,
    })),
  ];
}
