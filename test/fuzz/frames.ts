import fc from "fast-check";

/** A websocket frame as it may be written, right or wrong (RFC 6455, 5.2). */
type Frame = {
  readonly fin: boolean;
  readonly reserved: number;
  readonly opcode: number;
  readonly mask: Uint8Array | undefined;
  readonly payload: Uint8Array;
  /** What the frame says of its length; undefined: the truth. */
  readonly said: bigint | undefined;
};

function encoded({ fin, reserved, opcode, mask, payload, said }: Frame): Buffer {
  const length = said ?? BigInt(payload.length);
  const short = length < 126n ? Number(length) : length < 65_536n ? 126 : 127;
  const head = Buffer.from([(fin ? 0x80 : 0) | (reserved << 4) | opcode, (mask === undefined ? 0 : 0x80) | short]);
  const more = Buffer.alloc(short === 126 ? 2 : short === 127 ? 8 : 0);
  if (short === 126) more.writeUInt16BE(Number(length));
  if (short === 127) more.writeBigUInt64BE(length);
  if (mask === undefined) return Buffer.concat([head, more, payload]);
  return Buffer.concat([head, more, mask, payload.map((byte, i) => byte ^ (mask[i % 4] as number))]);
}

const content = fc.oneof(
  fc.json().map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text.slice(1))),
  fc.constantFrom(
    ...["", "null", "[", '{"type":"subscribe"}', '{"__proto__":{"polluted":1}}'].map((text) => Buffer.from(text)),
  ),
  fc.constantFrom(Buffer.from([0xff, 0xfe]), Buffer.from([0xc3]), Buffer.from([0xed, 0xa0, 0x80])),
  fc.uint8Array({ maxLength: 130 }),
  fc.constantFrom(Buffer.alloc(4_096, "a"), Buffer.alloc(4_097, "a"), Buffer.alloc(70_000, "[")),
);

/** Text, binary, the rest of one, close, ping and pong; the others mean nothing. */
const opcode = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(1, 2, 0, 8, 9, 10) },
  { weight: 1, arbitrary: fc.integer({ min: 3, max: 15 }) },
);
const usually = <T>(value: T, else_: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: else_ });

/** Bytes of a frame; `masked`: as a client has to write it. Wrong masks, lengths, bits and texts are among them. */
export function frameBytes(masked: boolean): fc.Arbitrary<Buffer> {
  const mask = fc.uint8Array({ minLength: 4, maxLength: 4 });
  return fc
    .record({
      fin: usually(true, fc.boolean()),
      reserved: usually(0, fc.integer({ min: 0, max: 7 })),
      opcode,
      mask: fc.oneof(
        { weight: 6, arbitrary: masked ? mask : fc.constant(undefined) },
        { weight: 1, arbitrary: masked ? fc.constant(undefined) : mask },
      ),
      payload: content,
      said: usually<bigint | undefined>(
        undefined,
        fc.constantFrom(0n, 1n, 125n, 126n, 5_000n, 1n << 32n, (1n << 63n) - 1n, 1n << 63n),
      ),
    })
    .map(encoded);
}
