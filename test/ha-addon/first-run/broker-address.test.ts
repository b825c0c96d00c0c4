import { brokerForEsp32 } from "@heatloop/ha-addon/first-run/broker-address";
import { homeNetworkAddresses } from "@heatloop/ha-addon/first-run/home-addresses";
import { describe, expect, it } from "vitest";

const addresses = { homeAssistant: ["192.168.1.10", "10.0.0.3"], machine: ["192.168.1.77"] };
const unknown = { homeAssistant: [], machine: [] };

describe("the broker's address for the ESP32", () => {
  it.each([
    ["mqtt://192.168.1.5", "192.168.1.5", 1883, false],
    ["mqtt://192.168.1.5:11883", "192.168.1.5", 11_883, false],
    ["mqtts://broker.example.net", "broker.example.net", 8883, true],
    ["mqtt://nas:1883", "nas", 1883, false],
    ["mqtt://user:secret@192.168.1.5", "192.168.1.5", 1883, false],
    ["mqtt://[fd00::5]:1883", "fd00::5", 1883, false],
  ])("is that of our own connection: %s", (url, address, port, tls) => {
    const found = brokerForEsp32({ url }, addresses);
    expect(found).toEqual({ address, from: "connection", others: [], port, tls, renamed: false });
  });

  it.each(["mqtt://core-mosquitto:1883", "mqtt://a0d7b954-emqx:1883", "mqtt://172.30.32.1:1883"])(
    "is Home Assistant's where only the Supervisor's apps know ours: %s",
    (url) => {
      expect(brokerForEsp32({ url }, addresses)).toMatchObject({
        address: "192.168.1.10",
        from: "home_assistant",
        others: ["10.0.0.3"],
        renamed: false,
      });
      expect(brokerForEsp32({ url }, unknown)).toMatchObject({ address: null, from: null });
    },
  );

  it.each(["mqtt://127.0.0.1:1883", "mqtt://localhost:1883", "mqtt://[::1]:1883"])(
    "is this machine's in the home's network where ours is the machine itself: %s",
    (url) => {
      expect(brokerForEsp32({ url }, addresses)).toMatchObject({
        address: "192.168.1.77",
        from: "machine",
        port: 1883,
      });
      expect(brokerForEsp32({ url }, unknown)).toMatchObject({ address: null, from: null });
    },
  );

  it("says where a certificate has to have another name than the one we go by", () => {
    expect(brokerForEsp32({ url: "mqtts://localhost" }, addresses)).toMatchObject({ renamed: true, port: 8883 });
    expect(brokerForEsp32({ url: "mqtts://broker.lan" }, addresses)).toMatchObject({ renamed: false });
  });
});

describe("a machine's addresses in the home's network", () => {
  it("leave out those between programs and of tunnels, and begin with the one that homes have", () => {
    const all = [
      { name: "lo", address: "127.0.0.1" },
      { name: "docker0", address: "172.17.0.1" },
      { name: "hassio", address: "172.30.32.1" },
      { name: "wg0", address: "10.8.0.2" },
      { name: "eth1", address: "169.254.3.4" },
      { name: "eth0", address: "10.1.1.20" },
      { name: "wlan0", address: "192.168.1.20" },
    ];
    expect(homeNetworkAddresses(all)).toEqual(["192.168.1.20", "10.1.1.20"]);
    expect(homeNetworkAddresses([])).toEqual([]);
  });
});
