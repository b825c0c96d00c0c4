import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { type BackupPlace, moto, startS3, startSftp } from "./backup-places.ts";
import { packagedRoot, plainAnswers, serverRoot } from "./server-root.ts";

/** What a server holds: every file's digest, owner and rights. */
const contents =
  "cd / && find etc/heatloop/secrets etc/heatloop/tls/ca.* var/lib/heatloop/data/{access,installation,settings}.json var/lib/heatloop/archive/ecodan var/lib/heatloop/home-assistant -type f ! -name '*.db*' -print0 | sort -z | xargs -0 -I{} sh -c 'stat -c \"%n %a %U:%G\" {}; sha256sum {}'";
/** Rows of two months, and a database of Home Assistant that goes on being written. */
const live = `
  install -d /var/lib/heatloop/archive/ecodan /var/lib/heatloop/home-assistant/.storage
  for day in $(seq 1 60); do seq 1 1440 | sed "s/^/2026-01-$day,/" > /var/lib/heatloop/archive/ecodan/$day.csv; done
  echo '{"auth": 1}' > /var/lib/heatloop/home-assistant/.storage/auth
  chown -R heatloop:heatloop /var/lib/heatloop/archive
  sqlite3 /var/lib/heatloop/home-assistant/home-assistant_v2.db 'PRAGMA journal_mode=WAL; CREATE TABLE states (id INTEGER PRIMARY KEY, text TEXT);'
  systemd-run -q --unit=recorder bash -c 'while true; do sqlite3 /var/lib/heatloop/home-assistant/home-assistant_v2.db "PRAGMA busy_timeout=5000; INSERT INTO states (text) VALUES (hex(randomblob(2000)))"; done'
`;

describe.runIf(serverRoot !== undefined && moto !== undefined)(
  "the nightly backups of a server, and a new server made of them",
  { timeout: 180_000 },
  () => {
    let server: Server;
    let empty: Server;
    let s3: BackupPlace;
    let sftp: Awaited<ReturnType<typeof startSftp>>;
    let password: string;
    const s3At = (address: string) => `s3:http://${address}:${s3.port}/heatloop/home`;
    const sftpAt = (address: string) => `sftp://root@${address}:${sftp.port}//backups/home`;
    const answersFor = (place: string) =>
      `${plainAnswers}BACKUP=${place}\nBACKUP_KEY_ID=keyid\nBACKUP_SECRET_KEY=keysecret\n`;
    const install = async (place: string) => {
      await server.run("cat > /root/answers", answersFor(place));
      return server.printed("/deploy/install.sh --answers /root/answers");
    };
    const restore = (words: string, input = `${password}\nkeyid\nkeysecret\n`) =>
      empty.run(`/deploy/restore.sh ${words}`, input);

    const start = (job: string) =>
      server.printed(`systemctl start ${job} || { journalctl -u ${job} -n 20 -o cat; exit 1; }`);

    beforeAll(async () => {
      [s3, sftp] = await Promise.all([startS3(moto ?? ""), startSftp(serverRoot ?? "")]);
      [server, empty] = [await startServer(packagedRoot, 7), await startServer(packagedRoot, 8)];
    }, 180_000);
    afterAll(async () => {
      await Promise.all([server?.close(), empty?.close()]);
      await Promise.all([s3?.close(), sftp?.close()]);
    });

    it("are installed where the SFTP server does not know the key yet, and say which key to let in", async () => {
      const said = await install(sftpAt(server.homeAddress));
      expect(said).toMatch(/The backups cannot reach sftp:.*\n.*Let this key in there/);
      const key = /ssh-ed25519 \S+ backups of \S+/.exec(said)?.[0] ?? "";
      sftp.letIn(key);
      expect(await server.printed("/deploy/install.sh")).toContain("begin the backups at sftp:");
      expect(await server.printed("/deploy/install.sh")).toContain("nothing was changed");
      password = (await server.printed("sed -n s/^backup=//p /etc/heatloop/secrets")).trim();
    });

    it("keep on SFTP what the server holds, encrypted, and are read in full by the monthly look", async () => {
      await server.printed(live);
      await start("heatloop-backup");
      await start("heatloop-backup-test");
      const check = await server.run("/deploy/install.sh --check");
      expect(check.printed).toMatch(/the last backup went well +ok/);
      expect(check.printed).toMatch(/could be read when they were last tried +ok/);
      const isReadable = spawnSync("grep", ["-raqE", "2026-01-1,1|BEGIN CERTIFICATE", sftp.folder]).status === 0;
      expect(isReadable).toBe(false);
      expect(readdirSync(join(sftp.folder, "home"))).toContain("snapshots");
    });

    it("are said to be wrong once they cannot be read any more", async () => {
      const data = join(sftp.folder, "home/data");
      const [file = ""] = readdirSync(data, { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile())
        .map((each) => join(each.parentPath, each.name));
      const whole = readFileSync(file);
      writeFileSync(file, whole.subarray(0, whole.length - 100));
      expect((await server.run("systemctl start heatloop-backup-test.service")).code).not.toBe(0);
      const check = await server.run("/deploy/install.sh --check");
      expect(check.printed).toMatch(/could be read when they were last tried +WRONG/);
      writeFileSync(file, whole);
      await start("heatloop-backup-test");
    });

    it("say why where the place is away, and go on the next night", async () => {
      sftp.letIn("");
      expect((await server.run("systemctl start heatloop-backup.service")).code).not.toBe(0);
      expect(await server.printed("journalctl -u heatloop-backup -o cat")).toMatch(
        /Permission denied|unable to start the sftp session/,
      );
      sftp.letIn(await server.printed("cat /etc/heatloop/backup-key.pub"));
      await start("heatloop-backup");
    });

    it("go to S3 as well, and no password is in a process's arguments or the journal", async () => {
      const said = await install(s3At(server.homeAddress));
      expect(said).toContain("begin the backups at s3:");
      await start("heatloop-backup");
      await start("heatloop-backup-test");
      const journal = await server.printed("journalctl -o cat");
      expect(journal).not.toContain(password);
      expect(journal).not.toContain("keysecret");
    });

    it.each([
      [
        "a wrong password",
        (at: string) => `--from ${at}`,
        "wrong\nkeyid\nkeysecret\n",
        /cannot be read: .*wrong password/,
      ],
      ["no such place", () => "--from s3:http://127.0.0.1:9/heatloop", undefined, /cannot be read/],
      ["no root", () => "", undefined, /Usage: deploy\/restore\.sh --from/],
      [
        "a key that there is not",
        (at: string) => `--from ${at} --key /root/none`,
        undefined,
        /There is no file \/root\/none/,
      ],
    ])("are not restored with %s, and nothing is changed", async (_what, words, input, reason) => {
      const { code, printed } = await restore(words(s3At(empty.homeAddress)), input);
      expect([code === 0, printed]).toEqual([false, expect.stringMatching(reason)]);
      expect(await empty.printed("ls -d /etc/heatloop /var/lib/heatloop 2>/dev/null; true")).toBe("");
    });

    it("make a new server what the old one was, byte for byte, also when that was ended in the middle", async () => {
      const before = await server.printed(contents);
      const rows = Number(
        await server.printed(
          "sqlite3 /var/lib/heatloop/home-assistant/home-assistant_v2.db '.timeout 9000' 'SELECT count(*) FROM states'",
        ),
      );
      await start("heatloop-backup");
      await empty.run("cat > /root/answers", answersFor(s3At(empty.homeAddress)));
      const words = `--from ${s3At(empty.homeAddress)} --answers /root/answers`;
      expect((await restore(`${words} --list`)).printed).toMatch(/heatloop/);
      await empty.run(`timeout -s KILL 6 /deploy/restore.sh ${words}`, `${password}\nkeyid\nkeysecret\n`);
      const { code, printed } = await restore(words);
      expect([code, printed]).toEqual([0, expect.stringContaining("This server is what the backed up one was")]);
      expect(await empty.printed(contents)).toBe(before);
      expect(await empty.printed("/deploy/install.sh")).toContain("nothing was changed");
      const database = "/var/lib/heatloop/home-assistant/home-assistant_v2.db";
      expect(await empty.printed(`sqlite3 ${database} 'PRAGMA integrity_check'`)).toBe("ok\n");
      expect(Number(await empty.printed(`sqlite3 ${database} 'SELECT count(*) FROM states'`))).toBeGreaterThanOrEqual(
        rows,
      );
      expect(
        await empty.printed(`openssl x509 -in /etc/heatloop/tls/server.crt -noout -checkip ${empty.address}`),
      ).toContain("does match");
    });

    it("are no reason to overwrite a server that is set up", async () => {
      const { code, printed } = await restore(`--from ${s3At(empty.homeAddress)}`);
      expect([code, printed]).toEqual([1, expect.stringContaining("This server is set up already")]);
    });

    it("are left where they are when the server is uninstalled", async () => {
      await server.printed("systemctl stop recorder && /deploy/install.sh --uninstall --purge");
      expect(
        await server.printed("ls /etc/systemd/system | grep backup; ls /usr/local/lib/heatloop 2>/dev/null; true"),
      ).toBe("");
      expect(readdirSync(join(sftp.folder, "home"))).toContain("snapshots");
    });
  },
);
