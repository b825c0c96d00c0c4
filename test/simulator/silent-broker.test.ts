import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { startSimulator } from "@heatloop/simulator/simulator";
import { expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";

/** MQTT 3.1.1, 3.2: the connection is accepted. */
const accepted = Buffer.from([0x20, 2, 0, 0]);

it("A simulator ends although its broker answers nothing any more", async () => {
  let packets = 0;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.write(accepted));
    socket.on("data", () => {
      packets += 1;
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulator = startSimulator({ clock: wallClock(), openWire: mqttWires({ url }, () => {}) });
  await waitFor(() => packets > 5, "it subscribes and publishes");
  await simulator.close();
  server.close();
  await once(server, "close");
  expect(server.listening).toBe(false);
});
