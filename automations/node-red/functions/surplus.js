/**
 * Whether there is PV surplus: it begins once the power has been above one limit for some minutes, and is over when it is below
 * the other one or no longer known. Every look at the clock hands on what is wished of the hot water.
 */
export function surplus({ msg, env, context, node }) {
  const now = Date.now();
  const seen = context.get("seen") ?? { powerW: null, at: 0, aboveSince: null, isThere: false };
  const isReport = msg.topic !== undefined;
  // What the broker kept is of an unknown age.
  if (isReport && msg.retain) return null;
  if (isReport) Object.assign(seen, { powerW: msg.payload, at: now });
  const isKnown = seen.powerW !== null && now - seen.at <= env.get("HEATLOOP_SURPLUS_MAX_AGE_MIN") * 60_000;
  const isAbove = isKnown && seen.powerW >= env.get("HEATLOOP_SURPLUS_FROM_W");
  seen.aboveSince = isAbove ? (seen.aboveSince ?? now) : null;
  if (!isKnown || seen.powerW < env.get("HEATLOOP_SURPLUS_UNTIL_W")) seen.isThere = false;
  else if (isAbove && now - seen.aboveSince >= env.get("HEATLOOP_SURPLUS_MIN") * 60_000) seen.isThere = true;
  context.set("seen", seen);
  const text = isKnown ? `${Math.round(seen.powerW)} W${seen.isThere ? ", surplus" : ""}` : "surplus not known";
  node.status({ fill: isKnown ? "green" : "yellow", shape: seen.isThere ? "dot" : "ring", text });
  // A thousand reports are no thousand wishes.
  if (isReport) return null;
  return { topic: "surplus", payload: seen.isThere ? { toC: env.get("HEATLOOP_SURPLUS_HOT_WATER_C") } : null };
}
