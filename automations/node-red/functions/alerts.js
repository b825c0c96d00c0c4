/** One message when something begins to be wrong, and one when it is over; of each kind once. */
export function alerts({ msg, env, context }) {
  const now = Date.now();
  const seen = context.get("seen") ?? { offlineAt: null, fault: "No error", defrosts: [], raised: {} };
  const path = msg.topic?.slice(env.get("HEATLOOP_PREFIX").length + 1);
  const payload = String(msg.payload);
  if (path === "status" && payload === "online") seen.offlineAt = null;
  if (path === "status" && payload === "offline") seen.offlineAt ??= now;
  if (path === env.get("HEATLOOP_FAULT_TOPIC")) seen.fault = payload;
  if (path === env.get("HEATLOOP_DEFROST_TOPIC") && payload === "ON" && !msg.retain) seen.defrosts.push(now);
  seen.defrosts = seen.defrosts.filter((at) => now - at < 3_600_000).slice(-100);
  const offlineMin = env.get("HEATLOOP_OFFLINE_MIN");
  const mostDefrosts = env.get("HEATLOOP_MOST_DEFROSTS");
  const wrong = {
    offline: seen.offlineAt !== null && now - seen.offlineAt >= offlineMin * 60_000,
    fault: seen.fault !== "No error" && seen.fault !== "",
    defrosts: seen.defrosts.length > mostDefrosts,
  };
  const texts = {
    offline: ["The heat pump is back online", `The heat pump has been offline for ${offlineMin} minutes`],
    fault: ["The fault is over", `The heat pump reports the fault ${seen.fault}`],
    defrosts: ["Defrosts are as usual again", `More than ${mostDefrosts} defrosts in an hour`],
  };
  const changed = Object.keys(wrong).filter((kind) => wrong[kind] !== (seen.raised[kind] ?? false));
  seen.raised = wrong;
  context.set("seen", seen);
  return [
    changed.map((kind) => ({
      topic: env.get("HEATLOOP_ALERT_TOPIC"),
      payload: JSON.stringify({ alert: kind, raised: wrong[kind], message: texts[kind][Number(wrong[kind])] }),
    })),
  ];
}
