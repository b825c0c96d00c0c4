import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { connectAsync, type IClientOptions } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { type Server, serverRoot, startServer } from "./server.ts";

const answers = 'NAMES="heat.example.org"\nHEAT_PUMPS="ecodan-heatpump annex"\n';
const install = "/deploy/install.sh --answers /root/answers";
/** TLS 1.1 at most, which this machine's OpenSSL speaks at its lowest level only. */
const oldTls: object = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" };
/** What the broker wrote last. */
const brokerLog = "tail -n 40 /var/log/mosquitto/mosquitto.log";

describe.runIf(serverRoot !== undefined)("a server that deploy/install.sh has set up", { timeout: 120_000 }, () => {
  let server: Server;
  let before: string;
  let dryRun: string;
  let ca: string;
  let secrets: Readonly<Record<string, string>>;

  /** What lies on the server, but for what runs and what is logged. */
  const files = () =>
    server.printed(
      "find / -xdev -type f -not -path '/proc/*' -not -path '/sys/*' -not -path '/run/*' -not -path '/var/log/*' -not -path '/tmp/*' -not -path '/deploy/*' | sort",
    );

  beforeAll(async () => {
    server = await startServer(serverRoot ?? "", 1);
    await server.run("cat > /root/answers", answers);
    before = await files();
    dryRun = await server.printed(`${install} --dry-run`);
    expect(await files()).toBe(before);
    await server.printed(install);
    ca = await server.printed("cat /etc/heatloop/tls/ca.crt");
    const lines = (await server.printed("cat /etc/heatloop/secrets")).trim().split("\n");
    secrets = Object.fromEntries(lines.map((line) => line.replace(/^mqtt_/, "").split("=") as [string, string]));
  }, 180_000);

  afterAll(() => server?.close());

  /** Signs in at the broker as a user; rejected with the broker's or the client's reason. */
  function signIn(username: string, options: Partial<IClientOptions> = {}) {
    return connectAsync(`mqtts://${server.address}:8883`, {
      ...{ protocolVersion: 5, reconnectPeriod: 0, connectTimeout: 5_000, ca, username },
      ...{ password: secrets[username] ?? "" },
      ...options,
    });
  }

  it("said before what it would change, and did that", async () => {
    expect(dryRun).toContain("would make a certificate authority in /etc/heatloop/tls");
    expect(dryRun).toMatch(/\d+ changes would be made/);
  });

  it("changes nothing when it is installed again", async () => {
    expect(await server.printed(install)).toBe("Everything is as it should be: nothing was changed.\n");
    expect(await server.printed("/deploy/install.sh")).toContain("nothing was changed");
  });

  it("finds nothing wrong when it is checked", async () => {
    const table = await server.printed("/deploy/install.sh --check");
    expect(table).toContain("DNS:heat.example.org");
    expect(table.match(/ ok$/gm)?.length).toBe(table.trim().split("\n").length);
  });

  it("keeps its secrets where root alone reads them, and in no argument of a process", async () => {
    expect(await server.printed("stat -c '%a %U' /etc/heatloop/secrets /etc/heatloop/tls/ca.key")).toBe(
      "600 root\n600 root\n",
    );
    expect(await server.printed("cat /etc/mosquitto/heatloop.passwords")).toMatch(/^ecodan-heatpump:\$7\$/m);
    const audited = await server.printed(
      "grep -rIlF -f <(cut -d= -f2 /etc/heatloop/secrets) /etc /var /usr/local 2>/dev/null; true",
    );
    expect(audited).toBe("/etc/heatloop/secrets\n");
  });

  it("answers from outside at 8883 alone, whatever else listens there", async () => {
    await server.printed("systemd-run -q --unit=stranger openssl s_server -accept 9999 -nocert");
    await server.printed("until ss -Hltn | grep -q :9999; do sleep 0.1; done");
    const open: number[] = [];
    const isOpen = (port: number) =>
      new Promise<boolean>((resolve) => {
        const socket = connectTcp(port, server.address, () => resolve(true));
        socket.on("error", () => resolve(false)).on("close", () => resolve(false));
        socket.once("connect", () => socket.destroy());
      });
    for (let port = 1; port <= 65_535; port += 500) {
      const ports = Array.from({ length: Math.min(500, 65_536 - port) }, (_, index) => port + index);
      const found = await Promise.all(ports.map(isOpen));
      open.push(...ports.filter((_, index) => found[index]));
    }
    expect(open).toEqual([8883]);
  });

  it.each(["homeassistant", "heatloop", "reader", "ecodan-heatpump", "annex"])(
    "lets %s in by its address with the authority's certificate alone",
    async (user) => {
      const client = await signIn(user);
      await client.endAsync();
    },
  );

  it("is known by its name too", async () => {
    const client = await signIn("heatloop", { servername: "heat.example.org" });
    await client.endAsync();
  });

  it.each<[string, string, Partial<IClientOptions>, RegExp, RegExp]>([
    ["no password", "heatloop", { password: "" }, /Not authorized/, /not authorised/],
    ["a wrong password", "heatloop", { password: "wrong" }, /Not authorized/, /not authorised/],
    ["another user's password", "annex", { username: "heatloop" }, /Not authorized/, /not authorised/],
    [
      "an unknown authority",
      "heatloop",
      { ca: [] },
      /unable to verify|self-signed|issuer/,
      /unexpected eof|unknown ca|alert/i,
    ],
    [
      "a name that is not in the certificate",
      "heatloop",
      { servername: "other.example.org" },
      /does not match|altnames/,
      /disconnected|closed|bad certificate|EOF|protocol error/i,
    ],
    ["TLS 1.1", "heatloop", oldTls, /./, /version|unsupported/i],
  ])("lets nobody in with %s, and says so in its log", async (_what, user, options, reason, logged) => {
    const linesBefore = Number(await server.printed("wc -l < /var/log/mosquitto/mosquitto.log"));
    await expect(signIn(user, options)).rejects.toThrow(reason);
    const newLines = `tail -n +${linesBefore + 1} /var/log/mosquitto/mosquitto.log`;
    await waitFor(
      async () => logged.test(await server.printed(newLines)),
      `the log says why: ${await server.printed(brokerLog)}`,
    );
  });

  it.each([
    ["ecodan-heatpump", "ecodan-heatpump/sensor/feed_temp/state", "taken"],
    ["ecodan-heatpump", "annex/sensor/feed_temp/state", "refused"],
    ["ecodan-heatpump", "homeassistant/sensor/x/config", "refused"],
    ["ecodan-heatpump", "$SYS/broker/x", "refused"],
    ["heatloop", "annex/number/x/command", "taken"],
    ["heatloop", "homeassistant/device/heatloop_annex/config", "taken"],
    ["heatloop", "heatloop/annex/report", "taken"],
    ["heatloop", "zigbee2mqtt/lamp/set", "refused"],
    ["reader", "ecodan-heatpump/number/x/command", "refused"],
    ["reader", "heatloop/status", "refused"],
    ["homeassistant", "homeassistant/status", "taken"],
  ] as const)("what %s publishes on %s is %s", async (user, topic, fate) => {
    const client = await signIn(user);
    const published = client.publishAsync(topic, "1", { qos: 1 }).then(
      () => "taken",
      () => "refused",
    );
    expect(await published).toBe(fate);
    await client.endAsync(true);
  });

  it("keeps what one heat pump says from the others", async () => {
    const [annex, reader, heatPump] = await Promise.all([signIn("annex"), signIn("reader"), signIn("ecodan-heatpump")]);
    const heard = { annex: [] as string[], reader: [] as string[] };
    annex.on("message", (topic) => heard.annex.push(topic));
    reader.on("message", (topic) => heard.reader.push(topic));
    await annex.subscribeAsync("annex/#");
    await annex.subscribeAsync("ecodan-heatpump/#").catch(() => {});
    await reader.subscribeAsync("ecodan-heatpump/#");
    await heatPump.publishAsync("ecodan-heatpump/sensor/feed_temp/state", "31.5", { qos: 1 });
    await annex.publishAsync("annex/sensor/feed_temp/state", "30.5", { qos: 1 });
    await waitFor(() => heard.annex.length > 0 && heard.reader.length > 0, "both have heard");
    expect(heard.annex).toEqual(["annex/sensor/feed_temp/state"]);
    for (const client of [annex, reader, heatPump]) await client.endAsync(true);
  });

  it("renews its certificate months before the end, and the ESP32 needs nothing new", async () => {
    const fingerprint = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connectTls({ host: server.address, port: 8883, ca }, () => {
          resolve(socket.getPeerCertificate().fingerprint256);
          socket.destroy();
        });
        socket.on("error", reject);
      });
    const renew = "systemctl start heatloop-certificates.service";
    const first = await fingerprint();
    await server.printed(renew);
    expect(await fingerprint()).toBe(first);
    // As it is once most of its time has passed.
    await server.printed(
      `cd /etc/heatloop/tls && openssl req -new -key server.key -subj /CN=old | openssl x509 -req -CA ca.crt -CAkey ca.key -set_serial 7 -days 150 -extfile <(echo subjectAltName=DNS:heat.example.org,IP:${server.address}) -out server.crt && systemctl reload mosquitto`,
    );
    await waitFor(async () => (await fingerprint()) !== first, "the old certificate is in use");
    const old = await fingerprint();
    await server.printed(renew);
    await waitFor(async () => (await fingerprint()) !== old, "the new certificate is in use");
    await (await signIn("ecodan-heatpump")).endAsync();
  });

  it("comes back by itself after its broker was killed or a file of it was changed", async () => {
    await server.printed(
      "systemctl kill -s KILL mosquitto; rm /etc/mosquitto/heatloop.acl; chmod 644 /etc/heatloop/secrets",
    );
    const { code, printed } = await server.run("/deploy/install.sh --check");
    expect([code, printed]).toEqual([1, expect.stringContaining("WRONG")]);
    const mended = await server.printed("/deploy/install.sh");
    expect(mended).toContain("write /etc/mosquitto/heatloop.acl");
    await server.printed("/deploy/install.sh --check");
    await (await signIn("heatloop")).endAsync();
  });

  it("is left as it was when it is uninstalled; --purge takes the secrets away too", async () => {
    const gone = await server.printed("/deploy/install.sh --uninstall");
    expect(gone).toContain("remove /etc/mosquitto/conf.d/heatloop.conf");
    expect(await server.printed("ls /etc/heatloop")).toContain("secrets");
    expect(await server.printed("systemctl is-active mosquitto; true")).toBe("inactive\n");
    await server.printed(install);
    expect(await server.printed("cat /etc/heatloop/tls/ca.crt")).toBe(ca);
    await server.printed("/deploy/install.sh --uninstall --purge");
    const left = (await files()).split("\n").filter((file) => !before.includes(file));
    expect(left.filter((file) => /heatloop/.test(file))).toEqual([]);
  });
});
