import { hashOfPassword, isPassword } from "@heatloop/ha-addon/access/password";
import { expect, it } from "vitest";

it("a password is recognized by its hash, with another salt each time", async () => {
  const [one, two] = await Promise.all([hashOfPassword("correct horse"), hashOfPassword("correct horse")]);
  expect(one).toMatchObject({ cost: 16_384, block_size: 8, parallelization: 5 });
  expect([one.salt === two.salt, one.hash === two.hash]).toEqual([false, false]);
  for (const kept of [one, two]) expect(await isPassword("correct horse", kept)).toBe(true);
  for (const other of ["correct horsf", "correct hors", "", "Correct horse"]) {
    expect(await isPassword(other, one), other).toBe(false);
  }
});

it("a password is the same however the keyboard composes its letters", async () => {
  const kept = await hashOfPassword("schl\u00fcssel f\u00fcr zwei");
  expect(await isPassword("schlu\u0308ssel fu\u0308r zwei", kept)).toBe(true);
});

it("a hash keeps its own parameters: RFC 7914's example is recognized", async () => {
  const hash =
    "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640";
  const kept = {
    cost: 1024,
    block_size: 8,
    parallelization: 16,
    salt: Buffer.from("NaCl").toString("base64url"),
    hash: Buffer.from(hash.slice(0, 64), "hex").toString("base64url"),
  };
  expect(await isPassword("password", kept)).toBe(true);
  expect(await isPassword("passwore", kept)).toBe(false);
});
