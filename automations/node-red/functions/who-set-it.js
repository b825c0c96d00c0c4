/**
 * Goes on only where the set-point may be touched: the heat pump is there, and no legionella run is on or was just now. Someone
 * who has changed the set-point meanwhile wins: nothing is restored over it.
 */
export function whoSetIt({ env, flow, global, node }) {
  const now = Date.now();
  const settleMs = env.get("HEATLOOP_EVERY_S") * 6_000;
  const heatPump = global.get("heatPump") ?? {};
  const operation = heatPump[env.get("HEATLOOP_OPERATION_TOPIC")];
  const setpointC = Number.parseFloat(heatPump[`${env.get("SETPOINT")}/state`]);
  // "Legionella" in each of the firmware's twelve languages.
  if (/gionel/i.test(operation ?? "")) flow.set("legionellaAt", now);
  const unready = [
    [heatPump.status !== "online", "the heat pump is not there"],
    [operation === undefined, "its operation is not known: see HEATLOOP_OPERATION_TOPIC"],
    [!setpointC, `no set-point on ${env.get("SETPOINT")}`],
    [now - (flow.get("legionellaAt") ?? 0) < settleMs, "legionella run"],
  ].find(([isSo]) => isSo);
  if (unready !== undefined) {
    node.status({ fill: "yellow", shape: "ring", text: unready[1] });
    return null;
  }
  const change = flow.get("change");
  if (!change) return { setpointC };
  const isAt = (temperatureC) => Math.abs(setpointC - temperatureC) < 0.25;
  const isLate = change.isConfirmed && now - change.sentAt >= settleMs;
  if (isAt(change.setC)) flow.set("change", { ...change, isConfirmed: true });
  else if (isLate || !change.olderC.some(isAt)) {
    flow.set("change", null);
    flow.set("isLeftToPerson", true);
  }
  return { setpointC };
}
