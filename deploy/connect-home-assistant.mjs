#!/usr/bin/env node
// Makes a new Home Assistant one that nobody else can claim, with the broker and a token for Heatloop. Node.js alone, no packages.
// Usage: connect-home-assistant.mjs connect|check TOKEN_FILE, with lines `name=value` in stdin: owner_password, mqtt_password, and
// where they are known time_zone, country, external_url. No secret is an argument, none is printed.
//   connect  does what is missing, and prints a sentence of each thing done
//   check    changes nothing, and prints a word of each thing that is missing: owner, token, mqtt
// In a container: HEATLOOP_HOME_ASSISTANT_URL, HEATLOOP_BROKER_HOST, and for what is said HEATLOOP_INSTALLER, HEATLOOP_TOKEN_PATH.
// Exit 0: all is there; 1: what was printed is missing; 2: it failed; 3: a person has to do something first, which is printed; 4: it
// has half an owner, as the one who made it was ended, and has to begin anew.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { ByHand, installer, openHome, succeeds } from "./home-assistant-api.mjs";
import { isMqttConnected, setUpMqtt, soon } from "./home-assistant-mqtt.mjs";

const [mode, tokenFile] = process.argv.slice(2);
/** As whoever reads it sees it. */
const tokenToWrite = process.env.HEATLOOP_TOKEN_PATH ?? tokenFile;
const known = Object.fromEntries(
  readFileSync(0, "utf8")
    .split("\n")
    .filter((line) => line.includes("="))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);

const say = (sentence) => process.stdout.write(`${sentence}\n`);

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
      `Home Assistant has an owner already, whose password is not the one that was made for it: make a long-lived token of an administrator (your profile, Security), write it into ${tokenToWrite} and run ${installer} again`,
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
    // It is done before it may be refused, to the holder of a token.
    await succeeds(me.ask("POST", "/api/onboarding/integration", redirect));
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
      await setUpMqtt(me, known.mqtt_password);
      say("Home Assistant is connected to the broker");
    }
    if (!me.hasToken) {
      await makeToken(me);
      say(`Heatloop has a token of Home Assistant's in ${tokenToWrite}`);
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
