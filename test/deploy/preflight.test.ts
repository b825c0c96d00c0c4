import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "#scripts/cloud-scene/server.ts";
import { plainAnswers, serverRoot } from "./server-root.ts";

describe.runIf(serverRoot !== undefined)("deploy/install.sh on a new server", { timeout: 300_000 }, () => {
  let server: Server;

  beforeAll(async () => {
    server = await startServer(serverRoot ?? "", 2);
  }, 120_000);
  afterAll(() => server?.close());

  /** Tries to install with answers after a change of the server, which is undone. */
  async function refused({ change = "true", undo = "true", answers = "", from = "/deploy", homeAssistant = "none" }) {
    await server.run("cat > /root/answers", `${answers}HOME_ASSISTANT=${homeAssistant}\n`);
    await server.printed(change);
    const { code, printed } = await server.run(`${from}/install.sh --answers /root/answers`);
    await server.printed(undo);
    return { code, printed };
  }

  it.each<[string, Parameters<typeof refused>[0], RegExp]>([
    [
      "an answer that there is not",
      { answers: "NAME=x.org\n" },
      /line 1: there is no NAME; there are NAMES ADDRESSES HEAT_PUMPS /,
    ],
    [
      "an address that is none",
      { answers: "ADDRESSES=heat\n" },
      /ADDRESSES: heat is not an IPv4 or IPv6 address such as/,
    ],
    ["a name that is none", { answers: 'NAMES="heat_pump"\n' }, /NAMES: heat_pump is not a host name such as/],
    [
      "a heat pump that is called like a user",
      { answers: "HEAT_PUMPS=heatloop\n" },
      /HEAT_PUMPS: heatloop is not 1 to 40/,
    ],
    [
      "private addresses alone",
      {
        change:
          "ip addr add 10.0.0.5/24 dev $(ip -o link | grep -oP '\\d+: \\Khlc\\w+') && ip addr del $(ip -o -4 addr show scope global | grep -oP 'inet \\K198\\S+') dev $(ip -o link | grep -oP '\\d+: \\Khlc\\w+')",
        undo: "true",
      },
      /this machine has private addresses only \(10\.0\.0\.5.*\), and .* does not say its public one: give ADDRESSES that/,
    ],
    [
      "an old distribution",
      {
        change: 'cp /etc/os-release /root/os && sed -i \'s/"12"/"11"/\' /etc/os-release',
        undo: "cp /root/os /etc/os-release",
      },
      /this is debian 11: Debian 12 or 13, Ubuntu 22.04 or 24.04 are needed/,
    ],
    [
      "no SSH key of anybody",
      { change: "mv /root/.ssh/authorized_keys /root/", undo: "mv /root/authorized_keys /root/.ssh/" },
      /nobody has an SSH key on this server, and without passwords you would lock yourself out/,
    ],
    [
      "a key that is for one command alone",
      {
        change: `mv /root/.ssh/authorized_keys /root/ && echo 'command="echo no" ssh-ed25519 AAAAC3 root' > /root/.ssh/authorized_keys`,
        undo: "mv /root/authorized_keys /root/.ssh/",
      },
      /nobody has an SSH key on this server/,
    ],
    ["a Heatloop that is neither", { answers: "HEATLOOP=yes\n" }, /HEATLOOP: yes is neither service nor none/],
    ["SSH that is neither", { answers: "SSH=off\n" }, /SSH: off is neither keys nor keep/],
    [
      "an address for alerts that is none",
      { answers: "ALERT_URL=ntfy\n" },
      /ALERT_URL: ntfy is not an address such as/,
    ],
    [
      "a time zone that there is not",
      { answers: "TIME_ZONE=Europe/Atlantis\n" },
      /TIME_ZONE: Europe\/Atlantis is not a time zone such as Europe\/Rome/,
    ],
    [
      "a server whose clock shows UTC",
      { answers: "" },
      /this server's clock shows UTC: give TIME_ZONE the home's zone/,
    ],
    [
      "a clone without a built program",
      {
        change: "mkdir /root/clone && cp -r /deploy /root/clone",
        undo: "rm -r /root/clone",
        from: "/root/clone/deploy",
      },
      /there is no Heatloop beside this script: unpack heatloop-server-...-linux-(x64|arm64).tar.gz of a release/,
    ],
    [
      "a program for another kind of machine",
      {
        change:
          "mkdir -p /root/other/program/bin && cp -r /deploy /root/other && head -c 99 /dev/zero > /root/other/program/bin/node && chmod 755 /root/other/program/bin/node",
        undo: "rm -r /root/other",
        from: "/root/other/deploy",
      },
      /the Heatloop beside this script is not for this machine: take heatloop-server/,
    ],
    [
      "another program where Heatloop's page is to be",
      {
        change: "systemd-run -q --unit=taken openssl s_server -accept 8099 -nocert && sleep 1",
        undo: "systemctl stop taken",
      },
      /port 8099 is taken by openssl: stop it/,
    ],
    [
      "Let's Encrypt without a name",
      { answers: "CERTIFICATE=letsencrypt\n" },
      /CERTIFICATE=letsencrypt needs NAMES: Let's Encrypt certifies host names/,
    ],
    [
      "a certificate of nobody",
      { answers: "CERTIFICATE=mine\nEMAIL=you\n" },
      /CERTIFICATE: mine is neither own nor letsencrypt\n- EMAIL: you is not an e-mail address such as/,
    ],
    [
      "port 80 taken where Let's Encrypt asks at it",
      {
        change:
          "systemd-run -q --unit=taken openssl s_server -accept 80 -nocert; until ss -Hltn | grep -q :80; do sleep 0.1; done",
        undo: "systemctl stop taken",
        answers: "NAMES=heat.example.org\nCERTIFICATE=letsencrypt\n",
      },
      /port 80 is taken by openssl: stop it/,
    ],
    [
      "an Nginx that somebody has set up",
      { change: "install -D /dev/null /etc/nginx/conf.d/mine.conf", undo: "rm -r /etc/nginx" },
      /Nginx has a site of yours \(\/etc\/nginx\/conf.d\/mine.conf\)/,
    ],
    [
      "a way of Home Assistant's that there is not",
      { homeAssistant: "docker" },
      /HOME_ASSISTANT: docker is not container, none, or the path of a hass program such as/,
    ],
    ["a Home Assistant that is not there", { homeAssistant: "/opt/hass" }, /there is no program \/opt\/hass/],
    ["a Home Assistant that is none", { homeAssistant: "/bin/true" }, /true --version does not answer as Home/],
    [
      "a Home Assistant that is too old",
      { change: "printf '#!/bin/sh\necho 2026.9.3' >/opt/hass; chmod +x /opt/hass", homeAssistant: "/opt/hass" },
      /\/opt\/hass is 2026.9.3: 2026.11 or later is needed/,
    ],
    [
      "another Home Assistant",
      {
        change:
          "systemd-run -q --unit=taken openssl s_server -accept 8123 -nocert && until ss -Hltn | grep -q :8123; do sleep 0.1; done",
        undo: "systemctl stop taken",
        homeAssistant: "container",
      },
      /port 8123 is taken, by a Home Assistant of yours\? Stop it, or answer HOME_ASSISTANT=none/,
    ],
    ["a firewall that is neither", { answers: "FIREWALL=off\n" }, /FIREWALL: off is not own, replace or keep/],
    [
      "a firewall of somebody else",
      {
        change: "apt-get install -y -qq iptables && iptables -A INPUT -p tcp --dport 9 -j REJECT",
        undo: "iptables -F INPUT",
      },
      /iptables refuses what comes in.*: open 443 and 8883 there and answer FIREWALL=keep, or FIREWALL=replace, which switches it off/,
    ],
    [
      "a port that another program has",
      {
        change: "systemd-run -q --unit=taken openssl s_server -accept 8883 -nocert && sleep 1",
        undo: "systemctl stop taken",
        answers: "NAMES=heat.example.org\n",
      },
      /port 8883 is taken by openssl: stop it/,
    ],
    [
      "a Mosquitto that somebody has set up",
      { change: "install -D /dev/null /etc/mosquitto/conf.d/mine.conf", undo: "rm -r /etc/mosquitto" },
      /Mosquitto has a configuration of yours \(\/etc\/mosquitto\/conf.d\/mine.conf\)/,
    ],
  ])("changes nothing where there is %s, and says so", async (_what, how, sentence) => {
    const { code, printed } = await refused(how);
    expect([code, printed]).toEqual([1, expect.stringMatching(sentence)]);
    expect(printed).toMatch(/^Nothing was changed:\n/);
    expect(await server.printed("ls /etc/heatloop /etc/mosquitto 2>&1; true")).not.toMatch(/secrets|heatloop\.acl/);
  });

  it("asks what the internet knows it as where it has private addresses alone and no name", async () => {
    const answer = (text: string) =>
      `require("node:http").createServer((_, response) => response.end("${text}\\n")).listen(9099, "127.0.0.1")`;
    const planned = async (text: string) => {
      await server.printed(`systemd-run -q --unit=lookup /program/bin/node -e '${answer(text)}'`);
      await server.printed("until ss -Hltn | grep -q :9099; do sleep 0.1; done");
      await server.run("cat > /root/answers", plainAnswers.replace(/NAMES.*\n/, ""));
      const asked =
        "HEATLOOP_ADDRESS_LOOKUP=http://127.0.0.1:9099 /deploy/install.sh --answers /root/answers --dry-run";
      const { printed } = await server.run(asked);
      await server.printed("systemctl stop lookup");
      return printed;
    };
    expect(await planned("203.0.113.77")).toContain("certificate for IP:203.0.113.77,IP:127.0.0.1");
    for (const wrong of ["<html>", "10.0.0.5", "", "203.0.113.7 203.0.113.8"]) {
      expect(await planned(wrong)).toContain("does not say its public one: give ADDRESSES that");
    }
  });

  it("keeps SSH open where systemd listens for it at a port of its owner's, as Ubuntu does", async () => {
    await server.printed(
      "systemctl stop ssh && mkdir -p /etc/systemd/system/ssh.socket.d && printf '[Socket]\\nListenStream=\\nListenStream=2222\\n' >/etc/systemd/system/ssh.socket.d/port.conf && systemctl daemon-reload && systemctl start ssh.socket",
    );
    await server.run("cat > /root/answers", plainAnswers);
    const planned = await server.printed("/deploy/install.sh --answers /root/answers --dry-run");
    expect(planned).toContain("would switch the firewall on: 443, 2222, 8883 alone");
    await server.printed(
      "systemctl stop ssh.socket && rm -r /etc/systemd/system/ssh.socket.d && systemctl daemon-reload && systemctl start ssh",
    );
  });

  it("names every mistake at once", async () => {
    const { printed } = await refused({ answers: "NAMES=a_b\nADDRESSES=c\nWHAT=d\nTIME_ZONE=UTC\n" });
    expect(printed.match(/^- /gm)).toHaveLength(3);
  });

  it("leaves the firewall to its owner where the answer is keep", async () => {
    await server.run("cat > /root/answers", `${plainAnswers}FIREWALL=keep\n`);
    const planned = await server.printed("/deploy/install.sh --answers /root/answers --dry-run");
    expect(planned).toContain("would write /etc/mosquitto/conf.d/heatloop.conf");
    expect(planned).not.toContain("firewall");
  });

  it("would put Home Assistant into a container where nothing else is answered", async () => {
    await server.run("cat > /root/answers", `${plainAnswers}HOME_ASSISTANT=\n`);
    const planned = await server.printed("/deploy/install.sh --answers /root/answers --dry-run");
    expect(planned).toContain("would install docker.io docker-compose apparmor\n");
    expect(planned).toContain("would write /etc/heatloop/home-assistant/compose.yaml\n");
    expect(planned).toContain("would set Home Assistant up: its owner, the broker, a token for Heatloop\n");
  });

  it("is for root alone", async () => {
    const { code, printed } = await server.run("setpriv --reuid nobody --clear-groups /deploy/install.sh");
    expect([code, printed]).toEqual([1, expect.stringContaining("run it as root")]);
  });

  it("ends right when it is run again after it was ended at any moment", async () => {
    await server.run("cat > /root/answers", plainAnswers);
    let endings = 0;
    for (let tenths = 1; tenths < 200; tenths += tenths < 20 ? 1 : 5) {
      const { code } = await server.run(`timeout -s KILL ${tenths / 10} /deploy/install.sh --answers /root/answers`);
      if (code === 0) break;
      endings += 1;
    }
    expect(endings).toBeGreaterThan(2);
    expect(await server.printed("/deploy/install.sh")).toContain("nothing was changed");
    await server.printed("/deploy/install.sh --check");
    expect(
      await server.printed(
        "find /etc /usr/local /opt /var/lib/heatloop -name '*.new*' -o -path '/opt/heatloop/.*' -o -name '*before-heatloop'; true",
      ),
    ).toBe("");
  });

  it("takes the place of rules of iptables where the answer says so, and puts them back when it goes", async () => {
    const rules = () => server.printed("iptables -S INPUT");
    await server.printed(
      "iptables -A INPUT -i lo -j ACCEPT && iptables -A INPUT -p tcp --dport 22 -j ACCEPT && iptables -A INPUT -j REJECT",
    );
    const before = await rules();
    await server.run("cat > /root/answers", `${plainAnswers}FIREWALL=replace\n`);
    const said = await server.printed("/deploy/install.sh --answers /root/answers");
    expect(said).toContain("switch off the rules of iptables that refuse what comes in");
    expect(await rules()).toBe("-P INPUT ACCEPT\n");
    expect(await server.printed("/deploy/install.sh")).toContain("nothing was changed");
    await server.printed("/deploy/install.sh --uninstall");
    expect(await rules()).toBe(before);
    await server.printed("iptables -F INPUT && /deploy/install.sh");
  });

  it("gives Heatloop the token of a Home Assistant that it did not set up, once there is one", async () => {
    const pid = () => server.printed("systemctl show -P MainPID heatloop");
    const before = await pid();
    await server.run("umask 077; cat > /etc/heatloop/home-assistant.token", "token-of-this-test\n");
    expect(await server.printed("/deploy/install.sh")).toContain("start Heatloop with it");
    expect(await pid()).not.toBe(before);
    const options = await server.printed("cat /etc/heatloop/program-options.json");
    expect(JSON.parse(options)).toMatchObject({ home_assistant: { token: "token-of-this-test" } });
  });
});
