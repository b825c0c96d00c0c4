import { once } from "node:events";
import { connect } from "node:net";
import type { FirmwareMessage } from "@heatloop/core/dialects/f1p";
import { until } from "./processes.ts";

/** Bytes of PUBLISH packets, made beforehand, so that sending them costs next to nothing. */
export type Packets = { readonly bytes: Buffer; readonly count: number };

/** A connection to the broker that publishes packets as they are (MQTT 3.1.1). */
export type RawPublisher = {
  /** Hands packets to the socket, whatever becomes of them. */
  write(packets: Packets): void;
  /** Resolves once they are sent and, at QoS 1, confirmed but for the last few thousand. */
  send(packets: Packets): Promise<void>;
  close(): void;
};

/** At most this many packets wait for their confirmation. */
const mostUnconfirmed = 5_000;

export function packetsOf(messages: readonly FirmwareMessage[], qos: 0 | 1): Packets {
  const packets = messages.map(({ topic, payload }, index) => publishPacket(topic, payload, qos, (index % 65_535) + 1));
  return { bytes: Buffer.concat(packets), count: packets.length };
}

export async function openRawPublisher(port: number, qos: 0 | 1): Promise<RawPublisher> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  let receivedBytes = 0;
  let failure: Error | undefined;
  socket.on("error", (error) => {
    failure = error;
  });
  socket.on("data", (bytes) => {
    receivedBytes += bytes.length;
  });
  socket.write(connectPacket);
  await until(() => receivedBytes >= connackLength, "the broker accepts the publisher");
  let sent = 0;
  const confirmed = () => (receivedBytes - connackLength) / pubackLength;
  function write({ bytes, count }: Packets): void {
    socket.write(bytes);
    sent += count;
  }

  return {
    write,
    async send(packets) {
      write(packets);
      const taken = () => (qos === 0 ? !socket.writableNeedDrain : sent - confirmed() <= mostUnconfirmed);
      await until(() => taken() || failure !== undefined, "the broker takes what is published");
      if (failure !== undefined) throw failure;
    },
    close: () => socket.end(disconnectPacket),
  };
}

const connackLength = 4;
const pubackLength = 4;
const disconnectPacket = Buffer.from([0xe0, 0]);
/** Protocol MQTT, level 4, clean session, no keep-alive, client id "bench". */
const connectPacket = Buffer.from([0x10, 17, 0, 4, ...Buffer.from("MQTT"), 4, 2, 0, 0, 0, 5, ...Buffer.from("bench")]);

function publishPacket(topic: string, payload: string, qos: 0 | 1, id: number): Buffer {
  const name = Buffer.from(topic);
  const body = Buffer.concat([
    Buffer.from([name.length >> 8, name.length & 0xff]),
    name,
    qos === 1 ? Buffer.from([id >> 8, id & 0xff]) : Buffer.alloc(0),
    Buffer.from(payload),
  ]);
  return Buffer.concat([Buffer.from([0x30 | (qos << 1), ...variableLength(body.length)]), body]);
}

/** MQTT 3.1.1, 2.2.3: seven bits a byte, the lowest first. */
function variableLength(length: number): number[] {
  return length < 128 ? [length] : [(length & 0x7f) | 0x80, ...variableLength(length >> 7)];
}
