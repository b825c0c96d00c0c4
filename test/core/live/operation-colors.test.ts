import { operationColors } from "@heatloop/core/live/operation-colors";
import { expect, test } from "vitest";

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

const grounds = { light: ["#ffffff", "#fafafa", "#f4f5f7"], dark: ["#1c1c1c", "#14181c", "#1b2026"] } as const;
const modes = ["light", "dark"] as const;
const drawn = Object.keys(operationColors) as (keyof typeof operationColors)[];

/**
 * What dichromats see, in linear RGB. Source: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based
 * Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009; severity 1.0.
 */
const eyes = {
  "full colour vision": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, Matrix>>;

/** A difference of 0.02 in OKLab is just seen; a stripe of some px needs several of that. */
const leastDifference = 0.1;

test.each(drawn.flatMap((name) => modes.map((mode) => [name, mode] as const)))(
  "%s stands out from each %s ground by 3:1",
  (name, mode) => {
    for (const ground of grounds[mode]) {
      expect(contrast(operationColors[name][mode], ground), ground).toBeGreaterThanOrEqual(3);
    }
  },
);

test.each(Object.keys(eyes) as (keyof typeof eyes)[])("any two operations can be told apart with %s", (eye) => {
  // What was not seen is striped wherever it is drawn.
  const touching = drawn.filter((name) => name !== "not_seen");
  for (const mode of modes) {
    for (const [index, one] of touching.entries()) {
      for (const other of touching.slice(0, index)) {
        const [a, b] = [one, other].map((name) => oklab(seenBy(eye, operationColors[name][mode]))) as [Rgb, Rgb];
        const difference = Math.hypot(...a.map((value, place) => value - (b[place] as number)));
        expect(difference, `${one} and ${other}, ${mode}`).toBeGreaterThanOrEqual(leastDifference);
      }
    }
  }
});

test("each has a pattern of its own", () => {
  expect(new Set(drawn.map((name) => operationColors[name].pattern)).size).toBe(drawn.length);
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const [dark, light] = [one, other]
    .map((color) => {
      const [r, g, b] = linear(color);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    })
    .sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function seenBy(eye: keyof typeof eyes, color: string): Rgb {
  const rgb = linear(color);
  return eyes[eye].map((row) => Math.min(1, Math.max(0, dot(row, rgb)))) as unknown as Rgb;
}

/** Source: B. Ottosson, "A perceptual color space for image processing", 2020. */
function oklab(rgb: Rgb): Rgb {
  const cones = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ].map((row) => Math.cbrt(dot(row as unknown as Rgb, rgb))) as unknown as Rgb;
  return [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ].map((row) => dot(row as unknown as Rgb, cones)) as unknown as Rgb;
}

function linear(color: string): Rgb {
  return [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
