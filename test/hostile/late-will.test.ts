import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { installationStatusTopic } from "@heatloop/mqtt-discovery/installation";
import { expect, it, onTestFinished } from "vitest";
import { startProgram } from "#test/home-assistant/running-program.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { receiveTopics } from "#test/support/received-topics.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A network that hides from the broker that a client died, until it is asked to report it. */
async function startSilentNetwork(brokerPort: number) {
  const abandoned: Socket[] = [];
  const server = createServer((client) => {
    const target = connect(brokerPort, "127.0.0.1");
    client.on("error", () => {});
    target.on("error", () => {});
    client.on("data", (bytes) => target.write(bytes));
    target.on("data", (bytes) => client.write(bytes));
    client.on("close", () => abandoned.push(target));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of abandoned) socket.destroy();
    server.close();
  });
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Closes the broker's connections of the clients that died before. */
    reportDeaths() {
      for (const socket of abandoned.splice(0)) socket.resetAndDestroy();
    },
  };
}

it("all stays available when the last will of a killed run comes after the next one's start", async () => {
  const broker = await testBroker();
  const network = await startSilentNetwork(broker.port);
  const program = await startProgram({ mqtt: { url: network.url } });
  onTestFinished(() => program.close());
  const status = installationStatusTopic(program.installation());
  const received = await receiveTopics(broker.url, status);
  await waitFor(() => received.last(status) === "online", "online");
  await program.end("SIGKILL");
  await program.start();
  await waitFor(() => received.of(status).length === 2, "online again, under the same id");
  expect(received.of(status)).toEqual(["online", "online"]);
  network.reportDeaths();
  await waitFor(() => received.of(status).includes("offline"), "the late last will");
  await waitFor(() => received.last(status) === "online", "online after it");
  expect(received.messages.at(-1)).toMatchObject({ retain: true });
});
