import { readFileSync } from "node:fs";
import { livingSessions, newSession } from "@heatloop/ha-addon/access/session";
import { describe, expect, it } from "vitest";
import { examplePassword as password } from "#test/support/examples/access.ts";
import { exampleNow } from "#test/support/examples/device.ts";
import { elsewhere, openedAccess, ownedAccess, secretOf } from "#test/support/examples/opened-access.ts";
import { waitFor } from "#test/support/wait-for.ts";

describe("a session", () => {
  it("outlives a restart, by its digest alone", async () => {
    const { access, folder, file, secret } = await ownedAccess();
    await access.close();
    expect(readFileSync(file, "utf8")).not.toContain(secret);
    expect((await openedAccess(folder)).access.credentialOf("session", secret)).toMatchObject({ kind: "session" });
  });

  it.each([
    ["is used each hour for 29 days", 1, 29 * 24, true],
    ["is used each hour for 30 days", 1, 30 * 24, false],
    ["was not used for 11 hours", 11, 11, true],
    ["was not used for 12 hours", 12, 12, false],
  ])("that %s", async (_name, everyHours, hours, holds) => {
    const { access, clock, secret } = await ownedAccess();
    for (let passed = 0; passed < hours; passed += everyHours) {
      clock.advanceTo(clock.now() + everyHours * 3_600_000);
      access.credentialOf("session", secret);
    }
    expect(access.credentialOf("session", secret) !== undefined).toBe(holds);
  });

  it("that was used is not forgotten over a restart", async () => {
    const { access, clock, folder, secret } = await ownedAccess();
    clock.advanceTo(clock.now() + 11 * 3_600_000);
    access.credentialOf("session", secret);
    await access.close();
    clock.advanceTo(clock.now() + 11 * 3_600_000);
    expect((await openedAccess(folder, clock)).access.credentialOf("session", secret)).toBeDefined();
  });

  it("that is in use is written every ten minutes, as a power cut may come", async () => {
    const { access, clock, file, secret } = await ownedAccess();
    for (let minutes = 1; minutes <= 11; minutes += 1) {
      clock.advanceTo(exampleNow + minutes * 60_000);
      access.credentialOf("session", secret);
    }
    const written = () => JSON.parse(readFileSync(file, "utf8")).sessions[0].last_seen;
    await waitFor(() => written() >= exampleNow + 10 * 60_000, "its last use is in the file");
  });

  it("that began when the clock was a year ahead has ended", async () => {
    const { access, clock, secret } = await ownedAccess();
    clock.jumpTo(exampleNow - 365 * 86_400_000);
    expect(access.credentialOf("session", secret)).toBeUndefined();
  });

  it("ends by signing out, also where that cannot be written", async () => {
    const { access, secret, fill } = await ownedAccess();
    const credential = access.credentialOf("session", secret);
    if (credential === undefined) throw new Error("no session");
    fill(true);
    await expect(access.signOut(credential.id)).rejects.toThrow("ENOSPC");
    expect(access.holds(credential)).toBe(false);
    expect(access.credentialOf("session", secret)).toBeUndefined();
  });

  it("begins also where it cannot be written", async () => {
    const { access, fill, log } = await ownedAccess();
    fill(true);
    const secret = secretOf(await access.signIn(password, elsewhere));
    expect(access.credentialOf("session", secret)).toBeDefined();
    expect(log.lines.join("\n")).toContain("will not outlive a restart");
  });

  it("is one of at most a hundred: the ones that were not used for longest end", () => {
    const sessions = Array.from({ length: 150 }, (_, i) => ({
      ...newSession(exampleNow).session,
      id: String(i),
      last_seen: exampleNow + i,
    }));
    const ids = livingSessions(sessions, exampleNow + 1_000).map(({ id }) => Number(id));
    expect([ids.length, Math.min(...ids)]).toEqual([100, 50]);
  });

  it.each(["", "x", "__proto__", "A".repeat(43), "A".repeat(5_000)])("is none of %j", async (secret) => {
    const { access } = await ownedAccess();
    expect(access.credentialOf("session", secret)).toBeUndefined();
    expect(access.credentialOf("token", secret)).toBeUndefined();
  });
});
