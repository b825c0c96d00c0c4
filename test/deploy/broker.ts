import { connect as connectTls } from "node:tls";
import { connectAsync, type IClientOptions } from "mqtt";
import { expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** TLS 1.1 at most, which this machine's OpenSSL speaks at its lowest level only. */
const oldTls: object = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" };
/** What the broker wrote last. */
const brokerLog = "tail -n 40 /var/log/mosquitto/mosquitto.log";

/** Where a broker is, and who may come in. */
export type BrokerSide = Pick<Installed, "ca" | "secrets"> & { readonly server: Pick<Installed["server"], "address"> };

/** Signs in at the broker as a user; rejected with the broker's or the client's reason. */
export function signIn({ server, ca, secrets }: BrokerSide, username: string, options: Partial<IClientOptions> = {}) {
  return connectAsync(`mqtts://${server.address}:8883`, {
    ...{ protocolVersion: 5, reconnectPeriod: 0, connectTimeout: 5_000, ca, username },
    ...{ password: secrets[`mqtt_${username}`] ?? "" },
    ...options,
  });
}

/** What each user may do at the broker, one of whose heat pumps is `annex`. */
export function tryRoles(installed: () => BrokerSide): void {
  it.each(["homeassistant", "heatloop", "reader", "ecodan-heatpump", "annex"])(
    "lets %s in by its address with the authority's certificate alone",
    async (user) => {
      const client = await signIn(installed(), user);
      await client.endAsync();
    },
  );

  it.each([
    ["ecodan-heatpump", "ecodan-heatpump/sensor/feed_temp/state", "taken"],
    ["ecodan-heatpump", "annex/sensor/feed_temp/state", "refused"],
    ["ecodan-heatpump", "homeassistant/sensor/x/config", "refused"],
    ["ecodan-heatpump", "esphome/discover/ecodan-heatpump", "taken"],
    ["ecodan-heatpump", "esphome/discover/annex", "refused"],
    ["ecodan-heatpump", "$SYS/broker/x", "refused"],
    ["heatloop", "annex/number/x/command", "taken"],
    ["heatloop", "homeassistant/device/heatloop_annex/config", "taken"],
    ["heatloop", "heatloop/annex/report", "taken"],
    ["heatloop", "zigbee2mqtt/lamp/set", "refused"],
    ["reader", "ecodan-heatpump/number/x/command", "refused"],
    ["reader", "heatloop/status", "refused"],
    ["homeassistant", "homeassistant/status", "taken"],
  ] as const)("what %s publishes on %s is %s", async (user, topic, fate) => {
    const client = await signIn(installed(), user);
    const published = client.publishAsync(topic, "1", { qos: 1 }).then(
      () => "taken",
      () => "refused",
    );
    expect(await published).toBe(fate);
    await client.endAsync(true);
  });

  it("keeps what one heat pump says from the others", async () => {
    const [annex, reader, heatPump] = await Promise.all([
      signIn(installed(), "annex"),
      signIn(installed(), "reader"),
      signIn(installed(), "ecodan-heatpump"),
    ]);
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
}

/** The broker from outside: who gets in, what each may do, and that its certificate is renewed. */
export function tryBroker(installed: () => Installed): void {
  tryRoles(installed);

  it("is known by its name too", async () => {
    const client = await signIn(installed(), "heatloop", { servername: "heat.example.org" });
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
    const linesBefore = Number(await installed().server.printed("wc -l < /var/log/mosquitto/mosquitto.log"));
    await expect(signIn(installed(), user, options)).rejects.toThrow(reason);
    const newLines = `tail -n +${linesBefore + 1} /var/log/mosquitto/mosquitto.log`;
    await waitFor(
      async () => logged.test(await installed().server.printed(newLines)),
      `the log says why: ${await installed().server.printed(brokerLog)}`,
    );
  });

  it("renews its certificate months before the end, and the ESP32 needs nothing new", async () => {
    const fingerprint = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connectTls({ host: installed().server.address, port: 8883, ca: installed().ca }, () => {
          resolve(socket.getPeerCertificate().fingerprint256);
          socket.destroy();
        });
        socket.on("error", reject);
      });
    const renew = "systemctl start heatloop-certificates.service";
    const first = await fingerprint();
    await installed().server.printed(renew);
    expect(await fingerprint()).toBe(first);
    // As it is once most of its time has passed.
    await installed().server.printed(
      `cd /etc/heatloop/tls && openssl req -new -key server.key -subj /CN=old | openssl x509 -req -CA ca.crt -CAkey ca.key -set_serial 7 -days 150 -extfile <(echo subjectAltName=DNS:heat.example.org,IP:${installed().server.address}) -out server.crt && systemctl reload mosquitto`,
    );
    await waitFor(async () => (await fingerprint()) !== first, "the old certificate is in use");
    const old = await fingerprint();
    await installed().server.printed(renew);
    await waitFor(async () => (await fingerprint()) !== old, "the new certificate is in use");
    await (await signIn(installed(), "ecodan-heatpump")).endAsync();
  });
}
