import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Where the version is in a CONNECT packet with a remaining length of one or two bytes (MQTT 5, 3.1.2.2). */
function versionOf(connectPacket: Buffer): number | undefined {
  const name = connectPacket.indexOf("MQTT");
  return name === -1 ? undefined : connectPacket[name + 4];
}

/** A broker that seems to know MQTT 3.1.1 only: MQTT 5 is refused as MQTT 3.1.1 does it (3.2.2.3). Its URL. */
export async function olderBroker(port: number): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on("error", () => {});
    client.once("data", (first: Buffer) => {
      if (versionOf(first) !== 4) {
        client.end(Buffer.from([0x20, 2, 0, 1]));
        return;
      }
      const target = connect(port, "127.0.0.1");
      sockets.add(target);
      target.on("error", () => {});
      target.on("close", () => client.destroy());
      client.on("close", () => target.destroy());
      target.write(first);
      client.pipe(target).pipe(client);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
