/** One message when something begins to be wrong, and one when it is over; of each kind once. */
export function alerts({ env, context, global }) {
  const now = Date.now();
  const heatPump = global.get("heatPump") ?? {};
  const seen = context.get("seen") ?? { offlineAt: null, fault: "No error", defrost: null, defrosts: [], raised: {} };
  if (heatPump.status === "online") seen.offlineAt = null;
  if (heatPump.status === "offline") seen.offlineAt ??= now;
  seen.fault = heatPump[env.get("HEATLOOP_FAULT_TOPIC")] ?? seen.fault;
  const defrost = heatPump[env.get("HEATLOOP_DEFROST_TOPIC")] ?? seen.defrost;
  if (defrost === "ON" && seen.defrost === "OFF") seen.defrosts.push(now);
  seen.defrost = defrost;
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
