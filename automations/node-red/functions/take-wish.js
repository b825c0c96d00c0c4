/** Keeps what each flow wishes of the set-point. A wish that nobody repeats ends by itself. */
export function takeWish({ msg, flow }) {
  const wishes = flow.get("wishes") ?? {};
  wishes[msg.topic] = msg.payload === null ? null : { ...msg.payload, at: Date.now() };
  flow.set("wishes", wishes);
  return null;
}
