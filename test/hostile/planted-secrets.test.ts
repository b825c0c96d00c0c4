import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { cookieIn } from "#test/support/examples/owned-web.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { startedProgram } from "#test/support/started-program.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** What nobody but Heatloop and the other side may ever see; none of them is a part of another. */
const planted = {
  broker: "plantedBrokerPassword7",
  homeAssistant: "planted.HomeAssistant.token8",
  page: "planted page password nine",
  webhook: "planted-webhook-signature10",
  email: "plantedMail&Password=11",
  slack: "T0PLANTED/B0PLANTED/twelve",
  pagerduty: "plantedpagerdutykey0000000000013",
  ntfy: "tk_plantedntfytoken14",
  telegram: "1515151515:plantedTelegramToken15",
  influx: "plantedInfluxToken/16==",
};

/** A secret as it may be written: as it is, in a URL, in JSON, in Base64. */
function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), json, Buffer.from(secret).toString("base64").replace(/=+$/, "")];
}

/** A broker that knows one user alone, and lets them do everything. */
async function brokerOfOneUser(): Promise<TestBroker> {
  const passwords = join(temporaryFolder(), "passwords");
  execFileSync("mosquitto_passwd", ["-b", "-c", passwords, "heatloop", planted.broker], { stdio: "ignore" });
  const broker = await startBroker({
    config: (port) => `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\n`,
  });
  onTestFinished(() => broker.close());
  return broker;
}

/** A server that says in its answer what it was sent. */
async function refusingServer(secret: string): Promise<string> {
  return (await recordingServer(undefined, ...Array(50).fill({ status: 500, body: `${secret} is not allowed` }))).url;
}

const channels = (webhook: string, ntfy: string) => [
  { kind: "webhook", name: "webhook", url: webhook },
  {
    ...{ kind: "email", name: "email", host: "127.0.0.1", port: 1, username: "heat" },
    ...{ from: "heat@home.example", to: ["me@home.example"] },
  },
  { kind: "slack", name: "slack" },
  { kind: "ntfy", name: "ntfy", url: ntfy, topic: "heat" },
  // Their servers stand on the internet: they have a secret, and are told nothing.
  { kind: "pagerduty", name: "pagerduty", on: false },
  { kind: "telegram", name: "telegram", on: false, chat_id: 1 },
];

/** The program with each secret in its place, with everything going wrong that may lead to a line of the log. */
async function programWithSecrets() {
  const broker = await brokerOfOneUser();
  const homeAssistant = await startFakeHomeAssistant();
  onTestFinished(() => homeAssistant.stop());
  homeAssistant.refuseToken(true);
  const [webhook, slack, ntfy, influx] = await Promise.all(
    [planted.webhook, `/services/${planted.slack}`, planted.ntfy, planted.influx].map(refusingServer),
  );
  const program = startedProgram({
    options: {
      mqtt: { url: broker.url, username: "heatloop", password: planted.broker },
      home_assistant: { url: homeAssistant.url, token: planted.homeAssistant },
      log_level: "debug",
    },
  });
  const url = await program.url();
  let cookie = "";
  async function send(method: string, path: string, body: unknown, wanted: number): Promise<Response> {
    const headers = { "content-type": "application/json", cookie };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    expect(answer.status, `${method} ${path}: ${await answer.clone().text()}`).toBe(wanted);
    return answer;
  }

  const set = await send("PUT", "/api/password", { password: planted.page }, 200);
  cookie = cookieIn(set.headers.get("set-cookie") ?? "");
  const token = await (await send("POST", "/api/tokens", { name: "Grafana", scope: "read" }, 201)).json();
  const list = channels(webhook ?? "", ntfy ?? "");
  await send("PUT", "/api/settings", { alerts: { channels: list } }, 200);
  const secrets: Record<string, string> = { ...planted, slack: `${slack}/services/${planted.slack}` };
  for (const { name } of list) await send("PUT", `/api/channels/${name}/secret`, { secret: secrets[name] }, 204);
  await send("PUT", "/api/settings", { influx: { on: true, url: influx, bucket: "heat" } }, 200);
  await send("PUT", "/api/influx/secret", { secret: planted.influx }, 204);
  const wrong: Response[] = [];
  for (const name of ["webhook", "email", "slack", "ntfy"]) {
    wrong.push(await send("POST", `/api/channels/${name}/test`, undefined, 502));
  }
  // Secrets where they don't belong.
  wrong.push(
    await send("PUT", "/api/influx/secret", { secret: { token: planted.influx } }, 400),
    await send("PUT", "/api/settings", { influx: { token: planted.influx } }, 400),
    await send("PUT", "/api/channels/pagerduty/secret", { secret: { key: planted.pagerduty } }, 400),
    await send("PUT", "/api/settings", { mqtt: { password: planted.broker } }, 400),
    await send("POST", "/api/login", { password: planted.page, user: planted.broker }, 400),
  );
  await broker.restartWith("");
  await waitFor(() => program.written().includes("Home Assistant refuses"), "Home Assistant refuses the token");
  const secretsMade = [cookie.split("=")[1] ?? "", (token as { token: string }).token];
  return { broker, program, url, cookie, wrong, secrets: [...Object.values(planted), ...secretsMade] };
}

type House = Awaited<ReturnType<typeof programWithSecrets>>;

/** What each route of the API, the page, the documentation and the metrics answer, with their headers. */
async function answersOf({ url, cookie }: House): Promise<Readonly<Record<string, string>>> {
  const documented = await fetch(`${url}/docs/openapi.json`, { headers: { cookie } });
  const { paths: operationsOf } = (await documented.json()) as { paths: Record<string, object> };
  const routes = Object.entries(operationsOf).filter(([, operations]) => "get" in operations);
  expect(routes.length).toBeGreaterThan(20);
  const paths = [...routes.map(([path]) => path.replaceAll(/\{\w+\}/g, "x")), "/", "/docs", "/metrics"];
  const answers: Record<string, string> = {};
  for (const path of paths) {
    const answer = await fetch(url + path, { headers: { cookie } });
    answers[`GET ${path}`] = `${[...answer.headers].join("\n")}\n${await answer.text()}`;
  }
  return answers;
}

/** The first frames of the websocket. */
async function framesOf({ url, cookie }: House): Promise<string> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { headers: { cookie } });
  let frames = "";
  socket.on("message", (frame) => (frames += frame.toString()));
  await waitFor(() => frames.includes("alerts"), "the websocket tells of alerts");
  socket.terminate();
  return frames;
}

/** All that is retained on the broker. */
async function retainedOn({ broker }: House): Promise<string> {
  const client = await connectAsync(broker.url, { username: "heatloop", password: planted.broker });
  let messages = "";
  client.on("message", (topic, payload) => (messages += `${topic} ${payload}\n`));
  await client.subscribeAsync("#");
  await waitFor(() => messages.includes("heatloop/"), "what is retained arrives");
  await client.endAsync();
  return messages;
}

/** The files of the data folder that hold one of the secrets, with who may read them. */
function filesWith(folder: string, isTold: (text: string) => boolean): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isTold(readFileSync(file, "latin1")))
    .map((file) => `${file.slice(folder.length + 1)} ${(statSync(file).mode & 0o777).toString(8)}`)
    .sort();
}

it("secrets that were planted in every place that takes one are told to nobody, and lie in files of the program's user alone", async () => {
  const house = await programWithSecrets();
  const { program, wrong } = house;
  const secretsIn = (text: string) =>
    house.secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));

  const told: Record<string, string> = {
    ...(await answersOf(house)),
    "the websocket": await framesOf(house),
    "the broker": await retainedOn(house),
    "the process list": readFileSync(`/proc/${program.child.pid}/cmdline`, "utf8"),
    ...Object.fromEntries(await Promise.all(wrong.map(async (answer) => [`wrong ${answer.url}`, await answer.text()]))),
    "the log": program.written(),
  };
  expect(Object.fromEntries(Object.entries(told).map(([where, text]) => [where, secretsIn(text)]))).toEqual(
    Object.fromEntries(Object.keys(told).map((where) => [where, []])),
  );
  expect(told["GET /api/settings"]).toContain("127.0.0.1");
  const files = filesWith(program.folder, (text) => secretsIn(text).length > 0);
  expect(files.filter((file) => !file.startsWith("options.json"))).toEqual([
    "channel-secrets.json 600",
    "influx-secret.json 600",
  ]);
}, 90_000);
