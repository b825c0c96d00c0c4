import { argon2Sync } from "node:crypto";
import { argon2idOf, isArgon2id, isOutdated } from "@heatloop/hub/people/argon2id";
import { boundedPasswords } from "@heatloop/hub/people/passwords";
import { expect, test } from "vitest";

const password = "correct horse battery";

test("a hash is a PHC string with the parameters of OWASP and a salt of its own", async () => {
  const [one, another] = await Promise.all([argon2idOf(password), argon2idOf(password)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(another);
  expect([isOutdated(one), await isArgon2id(password, one), await isArgon2id("Correct horse battery", one)]).toEqual([
    false,
    true,
    false,
  ]);
});

// RFC 9106 has no vector of Argon2id without secret and associated data; this one is of the reference implementation's test.c.
test("a hash that another program made is understood, and is outdated", async () => {
  const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  expect([await isArgon2id("password", reference), await isArgon2id("passwore", reference)]).toEqual([true, false]);
  expect(isOutdated(reference)).toBe(true);
});

test("a password is the same however the keyboard composes its letters", async () => {
  expect(await isArgon2id("Wärmepumpe".normalize("NFD"), await argon2idOf("Wärmepumpe".normalize("NFC")))).toBe(true);
});

test.each([
  ["nothing", ""],
  ["another algorithm", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"],
  [
    "more memory than there is",
    "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
  ],
  ["endless passes", "$argon2id$v=19$m=64,t=999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"],
])("what is kept is refused where it is %s", async (_what, phc) => {
  await expect(isArgon2id(password, phc)).rejects.toThrow(/no Argon2id hash that the hub could have made/);
});

test("where there is no password none is right, not even that of the stand-in", async () => {
  const passwords = boundedPasswords();
  expect(await passwords.compare("", undefined)).toEqual({ isRight: false, isOutdated: false });
  expect(await passwords.compare("", null)).toEqual({ isRight: false, isOutdated: false });
});

test("more than a few who wait are told to come back, and the others are served", async () => {
  const passwords = boundedPasswords();
  const answers = await Promise.allSettled(Array.from({ length: 19 }, () => passwords.compare("x", undefined)));
  const refused = answers.filter((answer) => answer.status === "rejected").map(({ reason }) => reason);
  expect(refused).toMatchObject([{ statusCode: 429, headers: { "retry-after": "5" } }]);
  expect(await passwords.compare("x", undefined)).toMatchObject({ isRight: false });
});

test("Node's own Argon2 agrees with the reference implementation", () => {
  const hash = argon2Sync("argon2id", {
    message: "password",
    nonce: "somesalt",
    parallelism: 1,
    tagLength: 32,
    memory: 65_536,
    passes: 2,
  });
  expect(hash.toString("hex")).toBe("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
});
