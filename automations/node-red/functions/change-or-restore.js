/**
 * Raises the set-point to the highest wish, never above the limit and never lower than what a person has set, and restores what
 * stood before when the last wish has ended. What the heat pump does not confirm is sent again.
 */
export function changeOrRestore({ msg, env, flow, node }) {
  const now = Date.now();
  const settleMs = env.get("HEATLOOP_EVERY_S") * 6_000;
  const { setpointC } = msg;
  const change = flow.get("change");
  const wishes = Object.values(flow.get("wishes") ?? {}).filter((wish) => wish && now - wish.at < settleMs);
  if (wishes.length === 0) flow.set("isLeftToPerson", false);
  if (flow.get("isLeftToPerson")) {
    node.status({ fill: "blue", shape: "ring", text: `${setpointC} °C, set by a person` });
    return null;
  }
  const beforeC = change?.beforeC ?? setpointC;
  const raisedC = wishes
    .map(({ toC, byK }) => Math.min(toC ?? beforeC + byK, env.get("MAX_C")))
    .map((temperatureC) => Math.floor(temperatureC * 2) / 2)
    .filter(Number.isFinite);
  const targetC = Math.max(beforeC, ...raisedC);
  const text = targetC > beforeC ? `${targetC} °C, before ${beforeC} °C` : `${beforeC} °C`;
  node.status({ fill: "green", shape: targetC > beforeC ? "dot" : "ring", text });
  if (!change && targetC === setpointC) return null;
  const isTold = change?.setC === targetC && (change.isConfirmed || now - change.sentAt < settleMs);
  if (isTold && change.isConfirmed && targetC === beforeC) flow.set("change", null);
  if (isTold) return null;
  const olderC = [setpointC, change?.setC ?? setpointC];
  flow.set("change", { beforeC, olderC, setC: targetC, isConfirmed: false, sentAt: now });
  return { topic: `${env.get("HEATLOOP_PREFIX")}/${env.get("SETPOINT")}/command`, payload: targetC.toFixed(1) };
}
