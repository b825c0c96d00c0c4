import { type BrokerForEsp32, brokerForEsp32 } from "@heatloop/ha-addon/first-run/broker-address";
import { certificatesIn, mqttBlock } from "@heatloop/ha-addon/first-run/mqtt-block";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const certificate = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\nabc+/=\n-----END CERTIFICATE-----";
const secret = { tag: "!secret", resolve: (name: string) => `secret ${name}` };
const read = (yaml: string) => parse(yaml, { customTags: [secret] }) as { mqtt: Record<string, unknown> };
const plain: BrokerForEsp32 = brokerForEsp32({ url: "mqtt://192.168.1.5" }, { homeAssistant: [], machine: [] });

describe("the mqtt: block for the ESP32", () => {
  it("has address and port, users of secrets.yaml, and what keeps Heatloop and the heat pump well", () => {
    expect(read(mqttBlock(plain, null))).toEqual({
      mqtt: {
        broker: "192.168.1.5",
        port: 1883,
        username: "secret mqtt_username",
        password: "secret mqtt_password",
        discovery: false,
        discover_ip: true,
        publish_nan_as_none: true,
        reboot_timeout: "0s",
        log_topic: null,
        idf_send_async: true,
      },
    });
  });

  it("has the certificate of the authority, where TLS needs it and Heatloop has it", () => {
    const block = mqttBlock({ ...plain, tls: true, port: 8883 }, certificate);
    expect(read(block).mqtt).toMatchObject({ port: 8883, certificate_authority: `${certificate}\n` });
    expect(read(mqttBlock({ ...plain, tls: true }, null)).mqtt).toMatchObject({
      certificate_authority: "secret mqtt_certificate_authority",
    });
  });

  it("says what to fill in where the address is not known", () => {
    const block = mqttBlock({ ...plain, address: null, from: null }, null);
    expect(read(block).mqtt.broker).toBe("secret mqtt_broker");
    expect(block).toMatch(/# .*secrets\.yaml,\n +# for example mqtt_broker: 192\.168\.1\.10/);
  });

  it.each([
    [{ address: "homeassistant.local" }, "names under .local"],
    [{ address: "nas" }, "may not know this name"],
    [{ others: ["10.0.0.3"] }, "# Or 10.0.0.3"],
    [{ tls: true, renamed: true }, "certificate has to have this address"],
  ])("remarks what a person should look at: %j", (part, remark) => {
    expect(mqttBlock({ ...plain, ...part }, null)).toContain(remark);
    expect(mqttBlock(plain, null)).not.toContain(remark);
  });

  it("holds any address as a text", () => {
    for (const address of ["fd00::5", "1e5", "a: b", "x # y"]) {
      expect(read(mqttBlock({ ...plain, address }, null)).mqtt.broker).toBe(address);
    }
  });
});

describe("the certificates of a CA file", () => {
  it("are taken without anything else that is in it, such as a private key", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----";
    expect(certificatesIn(`Bag\n${key}\n${certificate.replaceAll("\n", "\r\n")}\n${key}`)).toBe(certificate);
    expect(certificatesIn(`${certificate}\n${certificate}`)).toBe(`${certificate}\n${certificate}`);
  });

  it("are none where there is none, or a bundle of everybody's authorities", () => {
    expect(certificatesIn("nothing")).toBeNull();
    expect(certificatesIn(`${certificate}\n`.repeat(140))).toBeNull();
  });
});
