/**
 * Every 10 seconds: the mean of the rooms that are recent and plausible, sent on a change of 0.1 K or more and at the latest
 * every 5 minutes. Where too few are good nothing is sent: the watchdog on the ESP32 then changes to the heat pump's own
 * thermostat.
 */
export function meanOfRooms({ env, flow, context, node }) {
  const rooms = env.get("HEATLOOP_ROOMS") ?? [];
  const known = flow.get("rooms") ?? {};
  const now = Date.now();
  const oldest = now - env.get("HEATLOOP_MAX_AGE_MIN") * 60_000;
  const good = rooms
    .map(({ topic }) => known[topic])
    .filter((each) => each?.at >= oldest && each.temperatureC >= env.get("HEATLOOP_MIN_C"))
    .map(({ temperatureC }) => temperatureC)
    .filter((temperatureC) => temperatureC <= env.get("HEATLOOP_MAX_C"));
  const needed = env.get("HEATLOOP_QUORUM") || Math.floor(rooms.length / 2) + 1;
  if (good.length < needed) {
    node.status({ fill: "yellow", shape: "ring", text: `${good.length} of ${rooms.length} rooms, ${needed} needed` });
    return null;
  }
  const meanC = good.reduce((sum, each) => sum + each, 0) / good.length;
  const sent = context.get("sent");
  const isDue = sent === undefined || now - sent.at >= 290_000 || Math.abs(meanC - sent.meanC) >= 0.0999;
  if (!isDue) return null;
  context.set("sent", { meanC, at: now });
  node.status({ fill: "green", shape: "dot", text: `${meanC.toFixed(1)} °C of ${good.length} rooms` });
  const prefix = env.get("HEATLOOP_PREFIX");
  const zone = env.get("HEATLOOP_ZONE");
  const number = env.get("HEATLOOP_OBJECT_ID") || `auto-adaptive__current_room_temperature_feedback_z${zone}`;
  // The name comes right before the temperature: the watchdog hears one feeder at a time.
  return [
    [
      { topic: `${prefix}/text/room_feeder_z${zone}/command`, payload: env.get("HEATLOOP_FEEDER") },
      { topic: `${prefix}/number/${number}/command`, payload: meanC.toFixed(1) },
    ],
  ];
}
