import { expect, it } from "vitest";
import { hass } from "#scripts/cloud-scene/hass.ts";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { signIn } from "./broker.ts";
import { ownersPassword } from "./program.ts";
import { tuyaAway } from "./tuya-away.ts";

type State = { readonly entity_id: string; readonly state: string };

/** Asks Home Assistant by its websocket, on the server and with Heatloop's token; rejects with its reason. */
async function ask<T>({ server }: Pick<Installed, "server">, message: object): Promise<T> {
  const script = `
    import { readFileSync } from "node:fs";
    const socket = new WebSocket("ws://127.0.0.1:8123/api/websocket");
    const say = (message) => socket.send(JSON.stringify(message));
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      const access_token = readFileSync("/etc/heatloop/home-assistant.token", "utf8").trim();
      if (message.type === "auth_required") say({ type: "auth", access_token });
      else if (message.type === "auth_ok") say({ id: 1, ...${JSON.stringify(message)} });
      else {
        process.stdout.write(data);
        process.exitCode = message.success ? 0 : 1;
        socket.close();
      }
    };
    socket.onerror = () => process.exit(2);`;
  const { code, printed } = await server.run("/program/bin/node --input-type=module", script);
  if (code !== 0) throw new Error(`Home Assistant answers ${printed}`);
  return (JSON.parse(printed) as { result: T }).result;
}

const install = "/deploy/install.sh";
const nothing = "Everything is as it should be: nothing was changed.\n";

/** Home Assistant as the plain way starts it: who owns it, whom it knows, and what it comes back from. */
export function tryHomeAssistant(installed: () => Installed): void {
  const { printed, run } = {
    printed: (text: string) => installed().server.printed(text),
    run: (text: string) => installed().server.run(text),
  };

  it("has one owner, although its first run was ended, and knows its place and where it is reached", async () => {
    const people = await ask<{ is_owner: boolean; system_generated: boolean; username: string }[]>(installed(), {
      type: "config/auth/list",
    });
    expect(people.filter((each) => !each.system_generated)).toEqual([
      expect.objectContaining({ is_owner: true, username: "owner" }),
    ]);
    expect(await ask(installed(), { type: "get_config" })).toMatchObject({
      ...{ time_zone: "Europe/Rome", country: "IT", language: "it", external_url: "https://heat.example.org" },
      ...{ state: "RUNNING", safe_mode: false, recovery_mode: false },
    });
    expect(await printed("stat -c '%a %U' /etc/heatloop/home-assistant.token /var/lib/heatloop/home-assistant")).toBe(
      "600 root\n700 homeassistant\n",
    );
  });

  it("shows what is announced to it through the broker, from outside too", async () => {
    const heatloop = await signIn(installed(), "heatloop");
    const config = {
      name: "Try",
      unique_id: "try",
      state_topic: "heatloop/try/state",
      default_entity_id: "sensor.try",
    };
    await heatloop.publishAsync("homeassistant/sensor/try/config", JSON.stringify(config), { qos: 1 });
    await waitFor(async () => {
      await heatloop.publishAsync("heatloop/try/state", "31.5", { qos: 1 });
      const states = await ask<State[]>(installed(), { type: "get_states" });
      return states.some(({ entity_id, state }) => entity_id === "sensor.try" && state === "31.5");
    }, "the entity is there with its state");
    await heatloop.endAsync();
  });

  it("has Heatloop's card among its resources, and gives it out", async () => {
    type Resource = { url: string };
    const card = await waitFor(
      async () => {
        const resources = await ask<Resource[]>(installed(), { type: "lovelace/resources" });
        return resources.find(({ url }) => url.startsWith("/local/heatloop/heatloop-card.js"));
      },
      "the card is there",
      60_000,
    );
    const answered = await printed(
      `/program/bin/node -e 'fetch("http://127.0.0.1:8123${card.url}").then(async (answer) => console.log(answer.status, (await answer.text()).length > 100))'`,
    );
    expect(answered).toBe("200 true\n");
    expect(await printed("stat -c '%U %a' /var/lib/heatloop/home-assistant")).toBe("homeassistant 700\n");
  });

  it("is shut in, as a user of its own that may write its folder alone", async () => {
    const security = await printed("systemd-analyze security home-assistant | tail -1");
    expect(Number(/level for home-assistant\.service: (\S+)/.exec(security)?.[1])).toBeLessThanOrEqual(2);
    expect(await printed("systemd-analyze verify /etc/systemd/system/home-assistant.service 2>&1")).toBe("");
  });

  tuyaAway(installed, ownersPassword);

  it("is connected anew after its password at the broker has changed", async () => {
    await printed("sed -i 's/^mqtt_homeassistant=.*/mqtt_homeassistant=another/' /etc/heatloop/secrets");
    expect(await printed(install)).toContain("Home Assistant is connected to the broker\n");
    expect(await printed(install)).toBe(nothing);
    expect(await printed(`${install} --check`)).not.toContain("WRONG");
  });

  it("has another token made where Heatloop's was lost, and the lost one ends", async () => {
    const before = await printed("cat /etc/heatloop/home-assistant.token; rm /etc/heatloop/home-assistant.token");
    expect((await run(`${install} --check`)).printed).toMatch(/takes Heatloop's token +WRONG/);
    expect(await printed(install)).toContain("Heatloop has a token of Home Assistant's in");
    expect(await printed("cat /etc/heatloop/home-assistant.token")).not.toBe(before);
    const tokens = await ask<{ client_name: string | null; type: string }[]>(installed(), {
      type: "auth/refresh_tokens",
    });
    expect(tokens.map(({ type, client_name }) => `${type} ${client_name}`)).toEqual([
      "long_lived_access_token Heatloop",
    ]);
  });

  it("stays as it is where a person owns it, who is told what to do", async () => {
    const keep = "cp -a secrets home-assistant.token /root";
    const change =
      "sed -i 's/^home_assistant_owner=.*/home_assistant_owner=another/' secrets && touch -r /root/secrets secrets";
    await printed(`cd /etc/heatloop && ${keep} && ${change} && rm home-assistant.token`);
    const told = await printed(install);
    await printed("mv /root/home-assistant.token /etc/heatloop");
    expect(await printed(install)).not.toContain("owner already");
    expect(await printed(install)).toBe(nothing);
    await printed("mv /root/secrets /etc/heatloop");
    expect(told).toMatch(/has an owner already.*: make a long-lived token.* write it into \/etc\/heatloop\/home-assi/);
    expect(told).not.toContain("set Home Assistant up");
  });

  it("lets this machine in again that it had banned for wrong tokens, and has kept all", async () => {
    const wrong =
      "fetch('http://127.0.0.1:8123/api/', {headers: {authorization: 'Bearer wrong'}}).then(({status}) => status)";
    const script = `let status; do status = await ${wrong}; while (status === 401); console.log(status);`;
    const { printed: status } = await installed().server.run("/program/bin/node --input-type=module", script);
    expect(status).toBe("403\n");
    expect((await run(`${install} --check`)).code).toBe(1);
    expect(await printed(install)).toContain("let this machine itself in at Home Assistant again");
    expect(await printed(install)).toBe(nothing);
    expect(await printed(`${install} --check`)).not.toContain("WRONG");
    expect(await ask(installed(), { type: "get_config" })).toMatchObject({ country: "IT" });
  });

  it("is away after an update that broke it, which page and Heatloop say while they go on, and back with the one before", async () => {
    const current = "/opt/heatloop/current";
    const status = () => printed(`${current}/bin/node ${current}/deploy/page.mjs status`);
    const broken = "#!/bin/sh\necho broken by an update >&2\nexit 1\n";
    await printed(`cp -a ${hass} /root/hass && printf '${broken.replaceAll("\n", "\\n")}' >${hass}`);
    await run("systemctl restart home-assistant");
    await waitFor(async () => (await status()) === "degraded\n", "Heatloop says so", 60_000, 300);
    expect(await printed("systemctl is-active heatloop mosquitto nginx")).toBe("active\nactive\nactive\n");
    const page = "curl --silent --insecure --write-out '%{http_code}' https://127.0.0.1/";
    expect(await printed(page)).toMatch(/Home Assistant.*50[23]$/s);
    expect(await printed("journalctl -u home-assistant -o cat -n 50")).toContain("broken by an update");
    await printed(`mv /root/hass ${hass} && systemctl restart home-assistant`);
    await waitFor(async () => (await status()) === "ok\n", "it is back", 90_000, 500);
    await waitFor(async () => !(await run(`${install} --check`)).printed.includes("WRONG"), "all is well", 60_000, 500);
  });
}
