import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { cloudInitOfFiles } from "#scripts/release/cloud-init.ts";
import { release, serveReleases } from "./releases.ts";
import { packagedRoot, plainAnswers, serverRoot } from "./server-root.ts";

const text = readFileSync(join(import.meta.dirname, "../../deploy/cloud-init.yaml"), "utf8");

it("deploy/cloud-init.yaml has the answers and the script as they are now (npm run cloud-init writes it)", () => {
  expect(text).toBe(cloudInitOfFiles());
});

describe.runIf(serverRoot !== undefined)(
  "a new server that a provider gives deploy/cloud-init.yaml",
  { timeout: 180_000 },
  () => {
    let server: Server;
    let releases: Awaited<ReturnType<typeof serveReleases>>;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "heatloop-releases-"));
      server = await startServer(packagedRoot, 9);
      releases = await serveReleases(folder, server.homeAddress);
      await server.printed("apt-get install -y -qq --no-install-recommends cloud-init >/dev/null 2>&1");
    }, 180_000);
    afterAll(async () => {
      releases?.close();
      await server?.close();
      rmSync(folder, { recursive: true });
    });

    it("finds no mistake in it", async () => {
      expect(await server.printed("cloud-init schema --config-file /deploy/cloud-init.yaml")).toContain(
        "Valid cloud-config",
      );
    });

    it("installs the newest release by itself, and shows the passwords to root alone", async () => {
      release(folder, "0.1.0");
      const lines = plainAnswers
        .trim()
        .split("\n")
        .map((line) => line.split("=") as [string, string]);
      const answered = lines.reduce(
        (result, [name, value]) => result.replace(new RegExp(`^( +${name}=).*$`, "m"), `$1${value}`),
        text.replace("- [/root", `- [env, "HEATLOOP_RELEASES=${releases.url}", /root`),
      );
      await server.run("mkdir -p /var/lib/cloud/seed/nocloud && cat > /var/lib/cloud/seed/nocloud/user-data", answered);
      await server.printed(
        "cd /etc/cloud/cloud.cfg.d && echo 'instance-id: first' > /var/lib/cloud/seed/nocloud/meta-data && printf 'datasource_list: [NoCloud]\\nnetwork: {config: disabled}\\n' > test.cfg",
      );
      await server.printed(
        "for stage in 'init --local' init 'modules --mode=config' 'modules --mode=final'; do cloud-init $stage; done > /root/said 2>&1; true",
      );
      expect(await server.printed("cat /root/said /var/log/cloud-init-output.log 2>/dev/null; true")).toContain(
        "Heatloop is installed; the passwords are in /root/heatloop/install.log",
      );
      expect(await server.printed("stat -c %a /root/heatloop/install.log")).toBe("600\n");
      expect(await server.printed("cat /root/heatloop/install.log")).toContain("Passwords, which are shown this once");
      expect(await server.printed("/opt/heatloop/current/deploy/install.sh")).toContain("nothing was changed");
      const leaked = "grep -rlFf <(cut -d= -f2 /etc/heatloop/secrets) /var/log /var/lib/cloud /root/said; true";
      expect(await server.printed(leaked)).toBe("");
    });

    it("says what went wrong, and goes on when it is run again", async () => {
      const again = (url: string) => server.run(`HEATLOOP_RELEASES=${url} /root/heatloop/first-boot.sh`);
      releases.answers.set("SHA256SUMS", (_, response) => response.end("no sums\n"));
      expect(await again(releases.url)).toMatchObject({
        code: 1,
        printed: expect.stringContaining("has no version for linux-"),
      });
      releases.answers.clear();
      expect(await again(releases.url)).toMatchObject({
        code: 0,
        printed: expect.stringContaining("Heatloop is installed"),
      });
    });
  },
);
