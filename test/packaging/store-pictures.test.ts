import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const withTransparency = 6;

/** What the header of a PNG says, and the bytes of its lines, a filter's number before each. */
function pngOf(file: string) {
  const bytes = readFileSync(new URL(`../../ha-addon/${file}`, import.meta.url));
  const data: Buffer[] = [];
  for (let at = signature.length; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") data.push(content);
  }
  return {
    isPng: bytes.subarray(0, signature.length).equals(signature),
    size: [bytes.readUInt32BE(16), bytes.readUInt32BE(20)],
    colourType: bytes.readUInt8(25),
    lines: inflateSync(Buffer.concat(data)),
  };
}

describe("the app's picture in Home Assistant's store", () => {
  it.each([
    ["icon.png", [128, 128]],
    ["logo.png", [250, 100]],
  ])("%s is a PNG of the size that is asked for, drawn on nothing", (file, size) => {
    const picture = pngOf(file);
    expect(picture).toMatchObject({ isPng: true, size, colourType: withTransparency });
    const corner = picture.lines.subarray(1, 5);
    expect([...corner]).toEqual([0, 0, 0, 0]);
    // A picture of nothing has zeros alone but for the number of a filter a line.
    expect(picture.lines.filter((byte) => byte !== 0).length).toBeGreaterThan(5000);
  });
});
