// Home Assistant's integration MQTT, as deploy/connect-home-assistant.mjs sets it up and tries it. Node.js alone, no packages.
import { connect as connectTcp } from "node:net";
import { ByHand, installer, pause, succeeds } from "./home-assistant-api.mjs";

/** The user of the broker that Home Assistant is, in the form of its config flow. */
const broker = {
  ...{ broker: process.env.HEATLOOP_BROKER_HOST ?? "127.0.0.1", port: 1883, protocol: "5", username: "homeassistant" },
  other_settings: { set_client_cert: false, set_ca_cert: "off", transport: "tcp" },
};

/** Home Assistant tries to reach a broker that was away every 10 s. */
export const soon = { withinMs: 25_000, isHopeless };

const mqttEntry = async (me) => (await me.command({ type: "config_entries/get", domain: "mqtt" }))[0];

/** A message that goes to the broker and comes back: nothing else shows that both are connected. */
export async function isMqttConnected(me, { withinMs, isHopeless = async () => false }) {
  if ((await mqttEntry(me)) === undefined) return false;
  const topic = `homeassistant/heatloop-check-${process.pid}`;
  const publish = { domain: "mqtt", service: "publish", service_data: { topic, payload: "1", qos: 1 } };
  const end = Date.now() + withinMs;
  let isBack = false;
  // Both are refused as long as the integration is not up; what was subscribed to before that may be lost.
  for (let times = 0; !isBack && Date.now() < end; times += 1) {
    if (times % 30 === 0) await succeeds(me.command({ type: "mqtt/subscribe", topic, qos: 1 }, () => (isBack = true)));
    // Each one that is refused is an error in its log.
    if (times % 5 === 0) await succeeds(me.command({ type: "call_service", ...publish }));
    await pause();
    if (!isBack && times > 10 && (await isHopeless(me))) return false;
  }
  return isBack;
}

/** What Home Assistant asks a person, as the broker has refused its password. */
const reauthentications = async (me) =>
  (await me.command({ type: "config_entries/flow/progress" })).filter(
    ({ handler, context }) => handler === "mqtt" && context.source === "reauth",
  );

/** Whether there is no broker, or one that refuses the password: waiting changes nothing then. */
async function isHopeless(me) {
  if ((await reauthentications(me)).length > 0) return true;
  return new Promise((resolve) => {
    const socket = connectTcp({ host: broker.broker, port: broker.port });
    socket
      .on("error", () => resolve(true))
      .on("connect", () => {
        resolve(false);
        socket.destroy();
      });
  });
}

/** The broker's entry, made or given our password anew; one with another broker is a person's own. */
export async function setUpMqtt(me, password) {
  const entry = await mqttEntry(me);
  if (entry !== undefined && entry.title !== broker.broker) {
    throw new ByHand(
      `Home Assistant's integration MQTT has the broker ${entry.title}: remove it there and run ${installer} again, or leave it so`,
    );
  }
  const flows = "/api/config/config_entries/flow";
  const of = entry === undefined ? {} : { entry_id: entry.entry_id };
  const { flow_id } = await me.ask("POST", flows, { handler: "mqtt", ...of });
  const { type, reason, errors } = await me.ask("POST", `${flows}/${flow_id}`, { ...broker, password });
  if (type !== "create_entry" && reason !== "reconfigure_successful") {
    throw new Error(`Home Assistant refuses the broker: ${JSON.stringify({ type, reason, errors })}`);
  }
  // What it has begun with the former password ends.
  if (entry !== undefined) await me.ask("POST", `/api/config/config_entries/entry/${entry.entry_id}/reload`);
  for (const flow of await reauthentications(me)) await me.ask("DELETE", `${flows}/${flow.flow_id}`);
  if (!(await isMqttConnected(me, { withinMs: 60_000 }))) {
    throw new Error(`Home Assistant does not reach the broker at ${broker.broker}:${broker.port}`);
  }
}
