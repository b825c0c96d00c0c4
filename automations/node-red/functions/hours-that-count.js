/** The hours that now belongs to, or the next ones: from one time of day until another one, local time; a day may have 23 or 25. */
export function hoursThatCount({ env, node }) {
  const now = new Date();
  const [fromH, fromMin] = timeOfDay("HEATLOOP_CHEAP_FROM");
  const [untilH, untilMin] = timeOfDay("HEATLOOP_CHEAP_UNTIL");
  const isNextDay = untilH * 60 + untilMin <= fromH * 60 + fromMin;
  const spans = [-1, 0, 1].map((day) => ({
    from: at(day, fromH, fromMin),
    until: at(day + isNextDay, untilH, untilMin),
  }));
  const payload = spans.find(({ until }) => until > now.getTime());
  const isTime = Number.isFinite(payload?.from) && Number.isFinite(payload?.until);
  node.status(isTime ? {} : { fill: "red", shape: "ring", text: "HEATLOOP_CHEAP_FROM and _UNTIL: such as 06:00" });
  return { payload: isTime ? payload : null };

  function timeOfDay(name) {
    return String(env.get(name)).split(":").map(Number);
  }
  function at(day, hour, minute) {
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + day, hour, minute).getTime();
  }
}
