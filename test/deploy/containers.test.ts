import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { startSimulator } from "@heatloop/simulator/simulator";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { ask, signInAtPage } from "#scripts/cloud-scene/web-client.ts";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { signIn, tryRoles } from "./broker.ts";
import { homeAssistantCommand, imagesIn } from "./container-images.ts";
import { type ContainerNetwork, contained, openContainerNetwork, type Services } from "./container-network.ts";
import { tryServices } from "./container-services.ts";
import { type ContainersFolder, containersFolder } from "./containers.ts";

const repository = resolve(import.meta.dirname, "../..");
const prefix = "172.31.15";
/** On a Docker host both ports are at its own address; here each is at its container's. */
const [brokerAddress, webAddress] = [`${prefix}.2`, `${prefix}.5`];
const answers = `NAMES=heat.example.org
ADDRESSES="${brokerAddress} ${webAddress}"
HEAT_PUMPS="ecodan-heatpump annex"
TIME_ZONE=Europe/Rome
NETWORK=${prefix}
`;
const nothing = "Everything is as it should be: nothing was changed.\n";
const json = { "content-type": "application/json" };

describe("the containers of deploy/compose.yaml, in the folder that deploy/containers.sh makes", {
  timeout: 90_000,
}, () => {
  let folder: ContainersFolder;
  let services: Services;
  let network: ContainerNetwork;
  let secrets: Readonly<Record<string, string>>;
  let ca: string;
  let dryRun: string;
  let said: string;
  let connected: string;
  let cookie = "";
  let watch: ChildProcess | undefined;
  const endWatch = () => {
    if (watch?.pid !== undefined) process.kill(-watch.pid);
    watch = undefined;
  };
  const standIn = `heatloop-${process.pid}`;
  const web = () => ({ server: { address: webAddress }, ca });
  const broker = () => ({ server: { address: brokerAddress }, ca, secrets });
  const page = async (path: string, method = "GET", body?: object) => {
    const asked = { method, headers: { ...(body && json), ...(cookie && { cookie }) } };
    return ask(web(), `/heatloop${path}`, { ...asked, ...(body && { body: JSON.stringify(body) }) });
  };

  beforeAll(async () => {
    folder = containersFolder(standIn);
    const file = folder.answer(answers);
    watch = spawn(
      "bash",
      [
        "-c",
        `while sleep 0.1; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'; done >${folder.beside}/arguments`,
      ],
      { detached: true },
    );
    dryRun = (await folder.prepare("--answers", file, "--dry-run")).printed;
    expect(existsSync(folder.path)).toBe(false);
    await folder.prepareUntil("tls/ca.crt");
    await folder.prepareUntil("mosquitto/config/heatloop.passwords.new");
    said = (await folder.prepare("--answers", file)).printed;
    services = folder.services();
    secrets = folder.secrets();
    ca = readFileSync(join(folder.path, "tls/ca.crt"), "utf8");
    network = openContainerNetwork(services, prefix);
    for (const [name, image] of Object.entries(imagesIn(folder.beside))) {
      network.run(name, contained(services[name] as Services[string], image, network.hosts));
    }
    const command = homeAssistantCommand(services["home-assistant"] as Services[string], network.hosts);
    if (command === undefined) console.warn("\nSKIPPED: no Home Assistant here, so nothing is connected to it.\n");
    else network.run("home-assistant", command);
    await waitFor(() => /start worker/.test(network.written("nginx")), "Nginx runs");
    await waitFor(() => /is ready/.test(network.written("heatloop")), "Heatloop runs");
    if (command === undefined) return;
    await waitFor(() => network.isRunning("home-assistant"), "Home Assistant is started");
    const { code, printed } = await folder.prepare("--connect");
    connected = printed;
    if (code !== 0) throw new Error(`${printed}\n${network.written("home-assistant")}\n${network.written("heatloop")}`);
    endWatch();
    cookie = (await signInAtPage(web(), secrets.heatloop_page)) ?? "";
  }, 180_000);
  afterAll(async () => {
    endWatch();
    await network?.close();
    folder?.remove();
  });

  it("said before what it would make, told the passwords once, and changes nothing when it is run again", async () => {
    expect(dryRun).toContain(`would make a certificate authority in ${folder.path}/tls`);
    expect(dryRun).toMatch(/\d+ changes would be made/);
    expect(said).toContain(`Heatloop, page  ${secrets.heatloop_page}`);
    expect(said).toContain(`docker compose up --detach`);
    const before = folder.state();
    expect((await folder.prepare("--answers", folder.answer(answers))).printed).toBe(nothing);
    expect((await folder.prepare()).printed).toBe(nothing);
    expect(folder.state()).toBe(before);
  });

  tryServices(() => ({ folder, services }));

  it("have no secret in the compose file, in what everybody reads, or in an argument of a process", () => {
    const values = Object.values(secrets);
    expect(values.length).toBe(11);
    const shown = [
      ...["compose.yaml", ".env", "nginx/conf.d/heatloop.conf", "mosquitto/config/heatloop.passwords"].map((name) =>
        readFileSync(join(folder.path, name), "utf8"),
      ),
      ...[readFileSync(join(folder.beside, "arguments"), "utf8"), folder.asked()],
      ...Object.keys(services).map((name) => network.written(name)),
    ].join("\n");
    expect(shown).toContain("mosquitto_passwd");
    expect(values.filter((value) => shown.includes(value))).toEqual([]);
    const readable = /^-......r.. \S+ .*$/gm;
    const open = [...folder.state().matchAll(readable)].map(([line]) => line).join("\n");
    expect(open).not.toMatch(/secrets\b(?!-shown)|\.key|options\.json|passwords|environment|answers/);
  });

  describe("the broker", () => {
    tryRoles(broker);

    it("is not believed by who trusts another authority", async () => {
      await expect(signIn(broker(), "ecodan-heatpump", { ca: [] })).rejects.toThrow(/self-signed|issuer|verify/);
    });
  });

  it("show Heatloop behind Nginx, which it believes who visits, with the heat pump that the broker brings", async () => {
    const caFile = join(folder.beside, "home-ca.crt");
    writeFileSync(caFile, ca);
    const login = { username: "ecodan-heatpump", password: secrets["mqtt_ecodan-heatpump"] };
    const wires = mqttWires({ url: `mqtts://${brokerAddress}:8883`, ...login, caFile }, () => {});
    const simulator = startSimulator({ clock: wallClock(), openWire: wires });
    onTestFinished(() => simulator.close());
    await waitFor(
      async () => (await page("/api/devices")).body.includes('"ecodan-heatpump"'),
      "it is found",
      60_000,
      200,
    );
    const { body } = await page("/api/settings");
    expect(JSON.parse(body).web).toMatchObject({ host_names: ["heat.example.org"], trusted_proxies: [webAddress] });
    const socket = new WebSocket(`wss://${webAddress}/heatloop/ws`, { ca, headers: { cookie } });
    await new Promise((done, failed) => socket.on("open", done).on("error", failed));
    socket.close();
    await expect(ask({ ...web(), ca: "" }, "/heatloop/", { ca: "" })).rejects.toThrow(/self-signed|issuer|verify/);
  });

  it("let nobody in without the password, and hold up who tries", async () => {
    expect((await ask(web(), "/heatloop/api/settings")).status).toBe(401);
    // Nginx's own words: Heatloop holds up by itself too.
    const isHeldUp = async () => {
      const body = JSON.stringify({ password: "wrong" });
      const answer = await ask(web(), "/heatloop/api/login", { method: "POST", body, headers: json });
      return answer.body.includes("Wait half a minute, and try again.");
    };
    await waitFor(isHeldUp, "who tries passwords is held up", 30_000, 0);
  });

  it.skipIf(!hasHomeAssistant())(
    "show Home Assistant, connected to the broker and to Heatloop; a second run connects nothing",
    async () => {
      expect(connected).toContain("Home Assistant is connected to the broker");
      expect((await ask(web(), "/")).body).toContain("<title>Home Assistant</title>");
      expect(JSON.parse((await page("/api/health")).body)).toMatchObject({
        ...{ mqtt: { state: "connected" }, home_assistant: { state: "connected" } },
      });
      expect(existsSync(join(folder.path, "home-assistant/www/heatloop/heatloop-card.js"))).toBe(true);
      expect((await folder.prepare("--connect")).printed).toBe(nothing);
    },
  );

  it.skipIf(!hasHomeAssistant())("have Heatloop write into InfluxDB, which Grafana may read", async () => {
    const { influx } = JSON.parse((await page("/api/settings")).body);
    expect(influx).toMatchObject({ on: true, url: "http://influxdb:8086", version: 1, username: "heatloop" });
    const health = JSON.parse((await page("/api/health")).body);
    expect(health.influx).toMatchObject({ has_secret: true, state: "connected" });
    const environment = readFileSync(join(folder.path, "grafana/environment"), "utf8");
    const of = (name: string) => new RegExp(`^HEATLOOP_INFLUX_${name}=(.*)$`, "m").exec(environment)?.[1] ?? "";
    const as = async (user: string, password: string | undefined, path: string, body: string | URLSearchParams) => {
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
      const url = `http://${prefix}.6:8086/${path}?db=${of("DATABASE")}`;
      return (await fetch(url, { method: "POST", headers: { authorization }, body })).status;
    };
    const question = new URLSearchParams({ q: "SELECT * FROM heatloop_minute" });
    expect(of("URL")).toBe("http://influxdb:8086");
    expect(await as("heatloop", secrets.influx_heatloop, "write", "heatloop_minute value=1")).toBe(204);
    expect(await as(of("USER"), of("PASSWORD"), "query", question)).toBe(200);
    expect(await as(of("USER"), of("PASSWORD"), "write", "heatloop_minute value=2")).toBe(403);
    expect(await as("admin", "admin", "query", question)).toBe(401);
  });

  it("give Grafana its data source and dashboards, and all that they name of its environment", () => {
    const provisioned = (folder: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /grafana\/(provisioning|dashboards)/.test(entry.parentPath))
        .map((entry) => join(entry.parentPath, entry.name));
    const made = provisioned(join(folder.path, "grafana")).map((path) => path.replace(folder.path, ""));
    const ours = join(repository, "deploy/grafana");
    expect(made).toEqual(
      existsSync(ours) ? provisioned(ours).map((path) => path.replace(`${repository}/deploy`, "")) : [],
    );
    const environment = readFileSync(join(folder.path, "grafana/environment"), "utf8");
    const named = made.flatMap(
      (path) => readFileSync(join(folder.path, path), "utf8").match(/HEATLOOP_[A-Z_]+/g) ?? [],
    );
    expect(named.filter((name) => !environment.includes(`\n${name}=`))).toEqual([]);
  });

  it("say so at /grafana/ where Grafana does not run", async () => {
    const { status, body } = await ask(web(), "/grafana/");
    expect([status, body]).toEqual([expect.any(Number), expect.stringContaining("Grafana is not there yet")]);
  });

  it("have another certificate half a year before its end, by which the ESP32 needs nothing new", async () => {
    const serial = async () => (await ask(web(), "/heatloop-ca.crt")).certificate.serialNumber;
    const old = `openssl req -new -key tls/server.key -subj /CN=old | openssl x509 -req -CA tls/ca.crt -CAkey authority/ca.key \
      -set_serial 7 -days 150 -extfile <(echo subjectAltName=DNS:heat.example.org,IP:${webAddress},IP:${brokerAddress}) -out tls/server.crt`;
    execFileSync("bash", ["-c", old], { cwd: folder.path, stdio: "ignore" });
    const restart = async () => {
      await network.restart("nginx");
      await network.restart("mosquitto");
      await waitFor(() => serial().catch(() => ""), "Nginx is there again");
    };
    await restart();
    expect(await serial()).toBe("07");
    expect((await folder.prepare()).printed).toContain("make the server's certificate for DNS:heat.example.org");
    await restart();
    expect(await serial()).not.toBe("07");
    await waitFor(
      () =>
        signIn(broker(), "ecodan-heatpump")
          .then((client) => client.endAsync().then(() => true))
          .catch(() => false),
      "the broker has it",
    );
  });

  it("show a certificate of the owner's to who comes by name, and tell browsers to come by HTTPS alone then", async () => {
    const given = `${answers}CERTIFICATE=given\n`;
    const without = await folder.prepare("--answers", folder.answer(given));
    expect([without.code, without.printed]).toEqual([1, expect.stringContaining("certificate/fullchain.pem")]);
    for (const [from, to] of [
      ["server.crt", "fullchain.pem"],
      ["server.key", "privkey.pem"],
    ] as const) {
      writeFileSync(join(folder.path, "certificate", to), readFileSync(join(folder.path, "tls", from)));
    }
    expect((await folder.prepare("--answers", folder.answer(given))).code).toBe(0);
    await network.restart("nginx");
    const byName = () => ask(web(), "/heatloop-ca.crt", { host: "heat.example.org" });
    await waitFor(() => byName().catch(() => false), "Nginx is there again");
    expect((await byName()).headers["strict-transport-security"]).toBe("max-age=2592000");
    expect((await ask(web(), "/heatloop-ca.crt")).headers["strict-transport-security"]).toBeUndefined();
  });

  it("are not made where something is in the way, which is said all at once", () => {
    const other = join(folder.beside, "other");
    mkdirSync(other);
    writeFileSync(join(other, "letter.txt"), "mine");
    const wrong =
      "NAMES=here\nADDRESSES=300\nHEAT_PUMPS=heatloop\nCERTIFICATE=mine\nNETWORK=8.8.8\nSSH=keep\nTIME_ZONE=Mars/Home\n";
    const { status, stderr } = spawnSync(
      join(repository, "deploy/containers.sh"),
      [other, "--answers", folder.answer(wrong)],
      { encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr.match(/^- /gm)?.length).toBe(8);
    for (const each of [
      "NAMES: here",
      "ADDRESSES: 300",
      "HEAT_PUMPS: heatloop",
      "CERTIFICATE: mine",
      "NETWORK: 8.8.8",
      "there is no SSH",
      "TIME_ZONE: Mars/Home",
      "has other files in it",
    ]) {
      expect(stderr).toContain(each);
    }
    rmSync(other, { recursive: true });
  });
});
