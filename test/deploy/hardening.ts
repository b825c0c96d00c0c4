import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** What is told: where and what. */
type Told = { readonly path: string; readonly text: string };

/** An address at home that takes alerts and heartbeats; `isBroken` makes it refuse them. */
async function listenForAlerts(address: string) {
  const told: Told[] = [];
  const state = { isBroken: false };
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      if (!state.isBroken) told.push({ path: request.url ?? "", text });
      response.writeHead(state.isBroken ? 500 : 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const url = `http://${address}:${(server.address() as AddressInfo).port}`;
  return { told, state, url, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** SSH, updates, the journal and the look at the server's health. */
export function tryHardening(installed: () => Installed): void {
  const printed = (command: string) => installed().server.printed(command);

  it("takes keys alone over SSH, and keeps out who guesses", async () => {
    const settings = await printed("sshd -T");
    expect(settings).toMatch(/^passwordauthentication no$/m);
    expect(settings).toMatch(/^kbdinteractiveauthentication no$/m);
    expect(settings).toMatch(/^permitrootlogin (prohibit-password|without-password)$/m);
    expect(await printed("fail2ban-client status sshd")).toContain("Status for the jail: sshd");
    const isKeptOut = async () => (await printed("nft list table inet f2b-table")).includes("203.0.113.9");
    await printed("fail2ban-client set sshd banip 203.0.113.9");
    await waitFor(isKeptOut, "who guesses is kept out");
    await printed("fail2ban-client set sshd unbanip 203.0.113.9");
    await waitFor(async () => !(await isKeptOut()), "and let in again");
  });

  it("installs security updates by itself, and starts anew for them at 03:00 alone", async () => {
    const settings = await printed("apt-config dump");
    for (const line of [
      'APT::Periodic::Unattended-Upgrade "1";',
      'Unattended-Upgrade::Automatic-Reboot "true";',
      'Unattended-Upgrade::Automatic-Reboot-Time "03:00";',
    ])
      expect(settings).toContain(line);
    expect(await printed("unattended-upgrade --dry-run --debug 2>&1 | head -40; true")).toMatch(/Debian-Security/);
  });

  it("has a journal with an end, units without a mistake, and a swap that the kernel would take", async () => {
    expect(await printed("systemd-analyze cat-config systemd/journald.conf")).toContain("SystemMaxUse=500M");
    expect(await printed("systemd-analyze verify /etc/systemd/system/heatloop-* 2>&1")).toBe("");
    const swap = await printed(
      "set -e; mode=install; . /deploy/parts/place.sh; . /deploy/parts/upkeep.sh; swap_mb=16; swap_file=/tmp/swap; make_swap_file; stat -c '%a %s' /tmp/swap; swaplabel /tmp/swap; rm /tmp/swap",
    );
    expect(swap).toMatch(/^600 16777216\nUUID:/);
  });

  it("tells what has gone wrong from the second look on, once, and that it is well again; a heartbeat while all is well", async () => {
    const alerts = await listenForAlerts(installed().server.homeAddress);
    const paths = () => alerts.told.map(({ path }) => path);
    const texts = () =>
      alerts.told.filter(({ path }) => path === "/alert").map(({ text }) => text.split("\n").slice(1));
    const look = () => printed("systemctl start heatloop-health.service");
    await printed("cp /etc/heatloop/answers /root/kept-answers");
    await printed(
      `printf 'ALERT_URL=${alerts.url}/alert\\nHEARTBEAT_URL=${alerts.url}/well\\n' >> /etc/heatloop/answers`,
    );
    await look();
    expect(paths()).toEqual(["/well"]);
    await printed("systemctl stop mosquitto");
    await look();
    expect(paths()).toEqual(["/well"]);
    alerts.state.isBroken = true;
    await look();
    alerts.state.isBroken = false;
    await look();
    await look();
    const wrong = ["Wrong: mosquitto does not run: journalctl -u mosquitto -n 50 says why"];
    expect(texts()).toEqual([wrong]);
    expect(paths()).toEqual(["/well", "/alert"]);
    await printed("systemctl start mosquitto");
    await look();
    expect(texts()).toEqual([wrong, ["Well again: mosquitto"]]);
    expect(paths()).toEqual(["/well", "/alert", "/alert", "/well"]);
    await waitFor(
      async () => (await printed("journalctl -u heatloop-health -o cat")).includes("Well again"),
      "it is logged",
    );
    await printed("mv /root/kept-answers /etc/heatloop/answers");
    await alerts.close();
  });
}
