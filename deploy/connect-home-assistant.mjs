#!/usr/bin/env node
// Makes a new Home Assistant one that nobody else can claim, with the broker and a token for Heatloop. Node.js alone, no packages.
// Usage: connect-home-assistant.mjs connect|check TOKEN_FILE, with lines `name=value` in stdin: owner_password, mqtt_password, and
// where they are known time_zone, country, external_url. No secret is an argument, none is printed.
//   connect  does what is missing, and prints a sentence of each thing done
//   check    changes nothing, and prints a word of each thing that is missing: owner, token, mqtt
// Exit 0: all is there; 1: what was printed is missing; 2: it failed; 3: a person has to do something first, which is printed; 4: it
// has half an owner, as the one who made it was ended, and has to begin anew.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { connect as connectTcp } from "node:net";
import { openHome, pause } from "./home-assistant-api.mjs";

const [mode, tokenFile] = process.argv.slice(2);
const known = Object.fromEntries(
  readFileSync(0, "utf8")
    .split("\n")
    .filter((line) => line.includes("="))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);

/** What only a person can do. */
class ByHand extends Error {
  exitCode = 3;
}

const say = (sentence) => process.stdout.write(`${sentence}\n`);

/** The user of the broker that Home Assistant is, in the form of its config flow. */
const broker = {
  ...{ broker: "127.0.0.1", port: 1883, protocol: "5", username: "homeassistant", password: known.mqtt_password },
  other_settings: { set_client_cert: false, set_ca_cert: "off", transport: "tcp" },
};

function keptToken() {
  try {
    return readFileSync(tokenFile, "utf8").trim();
  } catch {
    return "";
  }
}

const isMissing = (steps, step) => steps.some((each) => each.step === step && !each.done);

/** Home Assistant as somebody who may change it: by Heatloop's token, else as the owner whom we made. */
async function signedIn(home) {
  const token = keptToken();
  if (token !== "" && (await home.takes(token))) return { ...(await home.as(token)), hasToken: true };
  const access = await home.logIn("owner", known.owner_password);
  if (access === undefined) {
    throw new ByHand(
      `Home Assistant has an owner already, whose password is not the one in /etc/heatloop/secrets: make a long-lived token (your profile, Security), write it into ${tokenFile} and run deploy/install.sh again`,
    );
  }
  return { ...(await home.as(access)), hasToken: false };
}

/** What Home Assistant asks a person at its first start. Whoever ended this in between finds the steps that are left. */
async function finishOnboarding(home, me, steps) {
  if (isMissing(steps, "core_config")) {
    const { time_zone, country, external_url } = known;
    const core = {
      ...(time_zone && { time_zone }),
      ...(country && { country }),
      ...(external_url && { external_url }),
    };
    if (Object.keys(core).length > 0) await me.command({ type: "config/core/update", ...core });
    if (country) {
      // What most people speak there; Home Assistant may not have that language, and each person chooses their own.
      const { language } = new Intl.Locale("und", { region: country }).maximize();
      await succeeds(me.command({ type: "config/core/update", language }));
    }
    await me.ask("POST", "/api/onboarding/core_config", {});
  }
  if (isMissing(steps, "analytics")) await me.ask("POST", "/api/onboarding/analytics", {});
  if (isMissing(steps, "integration")) {
    const redirect = { client_id: home.clientId, redirect_uri: home.clientId };
    await me.ask("POST", "/api/onboarding/integration", redirect);
  }
}

/** Home Assistant tries to reach a broker that was away every 10 s. */
const soon = { withinMs: 25_000, isHopeless };

const mqttEntry = async (me) => (await me.command({ type: "config_entries/get", domain: "mqtt" }))[0];

/** A message that goes to the broker and comes back: nothing else shows that both are connected. */
async function isMqttConnected(me, { withinMs, isHopeless = async () => false }) {
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

const succeeds = (promise) =>
  promise.then(
    () => true,
    () => false,
  );

/** The broker's entry, made or given our password anew; one with another broker is a person's own. */
async function setUpMqtt(me) {
  const entry = await mqttEntry(me);
  if (entry !== undefined && entry.title !== broker.broker) {
    throw new ByHand(
      `Home Assistant's integration MQTT has the broker ${entry.title}: remove it there and run deploy/install.sh again, or leave it so`,
    );
  }
  const flows = "/api/config/config_entries/flow";
  const of = entry === undefined ? {} : { entry_id: entry.entry_id };
  const { flow_id } = await me.ask("POST", flows, { handler: "mqtt", ...of });
  const { type, reason, errors } = await me.ask("POST", `${flows}/${flow_id}`, broker);
  if (type !== "create_entry" && reason !== "reconfigure_successful") {
    throw new Error(`Home Assistant refuses the broker: ${JSON.stringify({ type, reason, errors })}`);
  }
  // What it has begun with the former password ends.
  if (entry !== undefined) await me.ask("POST", `/api/config/config_entries/entry/${entry.entry_id}/reload`);
  for (const flow of await reauthentications(me)) await me.ask("DELETE", `${flows}/${flow.flow_id}`);
  if (!(await isMqttConnected(me, { withinMs: 60_000 }))) {
    throw new Error("Home Assistant does not reach the broker at 127.0.0.1:1883");
  }
}

/** One of a former run whose file is lost or refused has the same name, of which there may be only one. */
async function makeToken(me) {
  const name = "Heatloop";
  for (const { id, client_name } of await me.command({ type: "auth/refresh_tokens" })) {
    if (client_name === name) await me.command({ type: "auth/delete_refresh_token", refresh_token_id: id });
  }
  const token = await me.command({ type: "auth/long_lived_access_token", client_name: name, lifespan: 3650 });
  writeFileSync(`${tokenFile}.new`, `${token}\n`, { mode: 0o600 });
  renameSync(`${tokenFile}.new`, tokenFile);
}

async function connect(home) {
  const steps = await home.onboardingSteps();
  if (isMissing(steps, "user")) {
    await home.makeOwner("owner", known.owner_password).catch((error) => {
      throw Object.assign(error, { exitCode: /username_already_exists/.test(error.message) ? 4 : 2 });
    });
    say("Home Assistant has its owner");
  }
  const me = await signedIn(home);
  try {
    await finishOnboarding(home, me, steps);
    if (!(await isMqttConnected(me, soon))) {
      await setUpMqtt(me);
      say("Home Assistant is connected to the broker");
    }
    if (!me.hasToken) {
      await makeToken(me);
      say(`Heatloop has a token of Home Assistant's in ${tokenFile}`);
    }
  } finally {
    await me.close();
  }
}

async function check(home) {
  const steps = await home.onboardingSteps();
  if (isMissing(steps, "user")) return ["owner", "token", "mqtt"];
  const me = await signedIn(home);
  const missing = steps.every(({ done }) => done) ? [] : ["owner"];
  if (!me.hasToken) missing.push("token");
  if (!(await isMqttConnected(me, soon))) missing.push("mqtt");
  await me.close();
  return missing;
}

async function main() {
  const home = await openHome(mode === "check" ? 30_000 : 600_000);
  if (mode === "connect") return connect(home);
  const missing = await check(home);
  for (const word of missing) say(word);
  process.exitCode = missing.length === 0 ? 0 : 1;
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode ?? 2;
});
