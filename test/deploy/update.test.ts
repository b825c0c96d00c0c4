import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Installed, installedOn } from "#scripts/cloud-scene/installed.ts";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { heatPumpAtHome } from "./heat-pump-at-home.ts";
import { bringInAnArchive } from "./import-archive.ts";
import { answersOf, pidOf } from "./program.ts";
import { fileOf, release, serveReleases } from "./releases.ts";
import { packagedRoot, plainAnswers, serverRoot } from "./server-root.ts";

const first = "0.1.0";
/** What a version does that works by itself, and not with this home's log. */
const brokenHere = `
const { writeFileSync } = process.getBuiltinModule("node:fs");
if (process.env.HEATLOOP_DATA.startsWith("/var/")) {
  writeFileSync(process.env.HEATLOOP_DATA + "/access.json", '{"form": "of a newer version"}');
  console.log("the pump of this home is too new for me");
  process.exit(1);
}`;

describe.runIf(serverRoot !== undefined)("deploy/update.sh", { timeout: 180_000 }, () => {
  let server: Server;
  let releases: Awaited<ReturnType<typeof serveReleases>>;
  let folder: string;
  let installed: Installed;
  let heatPump: ReturnType<typeof heatPumpAtHome>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heatloop-releases-"));
    server = await startServer(packagedRoot, 5);
    releases = await serveReleases(folder, server.homeAddress);
    await server.run("cat > /root/answers", plainAnswers);
    // As a person may set it: the test's versions that do not start are tried again at once.
    await server.printed("mkdir -p /etc/systemd/system/heatloop.service.d");
    await server.run("cat > /etc/systemd/system/heatloop.service.d/mine.conf", "[Service]\nRestartSec=1\n");
    await server.printed("/deploy/install.sh --answers /root/answers");
    installed = await installedOn(server);
    heatPump = heatPumpAtHome(installed);
    await waitFor(
      async () => JSON.stringify(await answersOf(installed, "/api/devices")).includes('"ecodan-heatpump"'),
      "the heat pump is found",
      60_000,
      200,
    );
  }, 180_000);

  afterAll(async () => {
    await heatPump?.close();
    releases?.close();
    await server?.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs update.sh of the version that runs, as a person does. */
  const update = (words = "", before = "") =>
    server.run(
      `${before} HEATLOOP_STEADY_S=2 HEATLOOP_RELEASES=${releases.url} /opt/heatloop/current/deploy/update.sh ${words}`,
    );
  const running = async () =>
    (await server.printed(`readlink /proc/${await pidOf(server)}/exe`)).replace(
      /^\/opt\/heatloop\/(.*)\/bin\/node\n$/,
      "$1",
    );
  const versions = async () => (await server.printed("ls -A /opt/heatloop")).trim().split("\n");
  const log = () => server.printed("cat /var/lib/heatloop/archive/ecodan-heatpump/*/????-??-??.csv 2>/dev/null; true");

  /** Nothing but what is said has happened: the same process runs. */
  async function refused(words: string, before?: string) {
    const pid = await pidOf(server);
    const { code, printed } = await update(words, before);
    expect([code, await pidOf(server), await running()]).toEqual([1, pid, first]);
    expect(printed).toContain(`Nothing was changed: Heatloop ${first} goes on.`);
    expect(await versions()).toEqual([first, "current"]);
    return printed;
  }

  bringInAnArchive(() => installed);

  it("says that nothing is known where the list of versions cannot be had", async () => {
    expect(await refused("")).toContain(`${releases.url}/SHA256SUMS: answered 404`);
    expect((await update("--check")).code).toBe(1);
  });

  it("knows whether there is a newer version", async () => {
    release(folder, "0.2.0");
    const { code, printed } = await update("--check");
    expect([code, printed]).toEqual([10, expect.stringContaining(`Heatloop 0.2.0 is there, and ${first} runs`)]);
  });

  it.each([
    ["a word that is no version", "newest", /newest is neither a file nor a version/],
    ["a version that there is not", "9.9.9", /There is no Heatloop 9\.9\.9 for linux-/],
    ["a file that is something else", "/tmp/other.tar.gz", /is not heatloop-server-\.\.\.tar\.gz of a release/],
    ["a file that is torn", "/tmp/torn.tar.gz", /could not be unpacked/],
  ])("refuses %s", async (_what, words, sentence) => {
    await server.printed("tar -czf /tmp/other.tar.gz -C / deploy && head -c 9000 /tmp/other.tar.gz >/tmp/torn.tar.gz");
    expect(await refused(words)).toMatch(sentence);
  });

  it("refuses a file whose sum is another, and one that came half", async () => {
    const whole = readFileSync(join(folder, fileOf("0.2.0")));
    releases.answers.set(fileOf("0.2.0"), (_, response) => {
      response.writeHead(200, { "content-length": whole.length }).write(whole.subarray(0, 1e6));
      setImmediate(() => response.destroy());
    });
    expect(await refused("")).toMatch(/could not be downloaded whole/);
    releases.answers.set(fileOf("0.2.0"), (_, response) => response.end(Buffer.concat([whole, Buffer.from("x")])));
    expect(await refused("")).toMatch(/is not what SHA256SUMS says: it was changed or torn on its way/);
    releases.answers.clear();
  });

  it("waits for the end of another one, while which install.sh changes nothing", async () => {
    const held = "flock /run/heatloop-update.lock";
    const { code, printed } = await server.run(`${held} /deploy/install.sh`);
    expect([code, printed]).toEqual([
      1,
      expect.stringContaining("an update of Heatloop is under way: wait for its end"),
    ]);
    const untilOneWaits = 'touch /run/held; until [ "$(pgrep -cx flock)" -ge 2 ]; do sleep 0.1; done';
    await server.printed(
      `systemd-run -q --unit=other-update ${held} bash -c '${untilOneWaits}'; until [ -e /run/held ]; do sleep 0.1; done`,
    );
    expect(await refused("9.9.9")).toMatch(
      /Another update is under way: waiting for its end\nThere is no Heatloop 9\.9\.9/,
    );
  });

  it("refuses where the disk is nearly full", async () => {
    // /opt as a disk of 330 MB, which the update alone sees.
    const small = "mount -t tmpfs -o size=330M none /mnt && cp -a /opt/heatloop /mnt && mount --move /mnt /opt";
    expect(await refused("", `unshare --mount bash -c '${small} && exec "$@"' - env`)).toMatch(
      /\d+ MB are free in \/opt\/heatloop: an update needs 400 MB/,
    );
  });

  it("does not change to a version that does not start here", async () => {
    release(folder, "0.2.1", 'throw new Error("made for another world");');
    expect(await refused("0.2.1")).toMatch(
      /made for another world[\s\S]*Heatloop 0\.2\.1 does not work on this server; its last lines stand above/,
    );
  });

  it("comes back by itself from a version that is not well, with its settings and its log", async () => {
    release(folder, "0.2.2", brokenHere);
    await server.printed("systemctl restart heatloop");
    await waitFor(async () => (await log()) !== "", "a row is in the log", 90_000, 500);
    const before = await log();
    const { code, printed } = await update("0.2.2");
    expect(code).toBe(1);
    expect(printed).toMatch(
      /Heatloop 0\.2\.2 is not well; its last lines:[\s\S]*the pump of this home is too new for me/,
    );
    expect(printed).toContain(`Heatloop ${first} runs again, with its settings as they were`);
    expect([await running(), await versions()]).toEqual([first, [first, "current"]]);
    expect((await log()).startsWith(before)).toBe(true);
    expect(await answersOf(installed, "/api/session", "/api/health")).toMatchObject([
      { signed_in: true },
      { status: "ok", version: first },
    ]);
    expect(await server.printed("cat /var/lib/heatloop/after-update/access.json")).toContain("of a newer version");
    await server.printed("/deploy/install.sh --check");
  });

  it("updates to the newest version that works, and the log goes on", async () => {
    const before = await log();
    const { code, printed } = await update("0.2.0");
    expect([code, printed]).toEqual([0, expect.stringContaining("Heatloop 0.2.0 runs.")]);
    expect([await running(), await versions()]).toEqual(["0.2.0", [first, "0.2.0", "current"]]);
    expect(await answersOf(installed, "/api/health")).toMatchObject([{ status: "ok", version: "0.2.0" }]);
    expect((await log()).startsWith(before)).toBe(true);
    expect((await update("0.2.0")).printed).toBe("Heatloop 0.2.0 runs already.\n");
  });

  it("is left alone by the scripts of an older version", async () => {
    const printed = await server.printed("/deploy/install.sh");
    expect(printed).toContain(`Heatloop 0.2.0 stays: it is newer than ${first} beside this script.`);
    expect(printed).toContain("nothing was changed");
    expect(await server.printed("/opt/heatloop/current/deploy/install.sh")).toContain("nothing was changed");
  });

  it("ends right when it is run again after it was ended at any moment", async () => {
    release(folder, "0.3.0");
    const before = await log();
    let endings = 0;
    for (const seconds of [0.3, 2, 4, 5, 7]) {
      const { code } = await update("", `timeout -s KILL ${seconds} env`);
      if (code === 0) break;
      endings += 1;
    }
    expect(endings).toBeGreaterThan(2);
    const { code, printed } = await update();
    expect([code, printed]).toEqual([0, expect.stringMatching(/Heatloop 0\.3\.0 (runs|is the newest)/)]);
    expect([await running(), await versions()]).toEqual(["0.3.0", ["0.2.0", "0.3.0", "current"]]);
    expect(await server.printed("ls /var/lib/heatloop")).not.toMatch(/changing-version|\.new/);
    expect((await log()).startsWith(before)).toBe(true);
    await server.printed("/deploy/install.sh --check");
  });

  it("goes back to an older version that is named, and takes a file that a person has brought", async () => {
    const file = `/root/${fileOf("0.2.0")}`;
    await server.printed(
      `/opt/heatloop/current/bin/node /deploy/download.mjs ${releases.url}/${fileOf("0.2.0")} > ${file}`,
    );
    await server.run("cat > /root/SHA256SUMS", readFileSync(join(folder, "SHA256SUMS"), "utf8"));
    expect((await update(file)).printed).toContain("Heatloop 0.2.0 runs.");
    expect(await versions()).toEqual(["0.2.0", "0.3.0", "current"]);
    await server.printed(`echo x >> ${file}`);
    expect((await update(file)).printed).toContain("is not what SHA256SUMS says");
  });

  it("is updated as well by install.sh of a newer version's file", async () => {
    const folderOfFile = `heatloop-server-0.3.0-linux-${process.arch}`;
    await server.printed(
      `/opt/heatloop/current/bin/node /deploy/download.mjs ${releases.url}/${fileOf("0.3.0")} | tar -xz -C /root`,
    );
    const printed = await server.printed(`HEATLOOP_STEADY_S=2 /root/${folderOfFile}/deploy/install.sh`);
    expect(printed).toContain("go from Heatloop 0.2.0 to 0.3.0");
    expect([await running(), await versions()]).toEqual(["0.3.0", ["0.2.0", "0.3.0", "current"]]);
    expect(await server.printed("/opt/heatloop/current/deploy/install.sh")).toContain("nothing was changed");
  });
});
