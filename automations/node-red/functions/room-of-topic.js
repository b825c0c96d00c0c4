/** Which room a message is about. What the broker kept is of an unknown age, so it is not taken. */
export function roomOfTopic({ msg, env }) {
  const room = (env.get("HEATLOOP_ROOMS") ?? []).find(({ topic }) => topic === msg.topic);
  if (room === undefined || msg.retain) return null;
  return { ...msg, field: room.field ?? "", scale: room.scale ?? 1 };
}
