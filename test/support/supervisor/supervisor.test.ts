import { openSession } from "@heatloop/ha-addon/home-assistant/session";
import { mqttOfSupervisor, slugOfSupervisor } from "@heatloop/ha-addon/settings/supervisor";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import type { MqttService } from "./api.ts";
import { runningHeatloop } from "./frontend.ts";
import { startSupervisor } from "./supervisor.ts";

/** A Supervisor with Core on this machine. */
async function supervised(mqtt?: MqttService) {
  const core = await startFakeHomeAssistant();
  onTestFinished(core.stop);
  const app = runningHeatloop();
  const [address, port] = ["127.0.0.1", await freePort()];
  const known = { isCoreUp: true, restarts: 0 };
  const supervisor = await startSupervisor({
    ...{ app, address, port, mqtt: () => mqtt },
    setOptions: (options) => Object.assign(app, { options }),
    restart: () => (known.restarts += 1),
    core: { url: core.url, token: core.token, isUp: () => known.isCoreUp },
  });
  onTestFinished(supervisor.close);
  const url = `http://${address}:${port}`;
  const token = supervisor.newToken();
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: { authorization: `Bearer ${token}` } });
  const session = (given = token) =>
    openSession({ url: `${url}/core`, token: given, clock: systemClock(), ended: () => undefined });
  return { app, supervisor, known, access: { url, token, fetch }, ask, session };
}

const broker = { host: "core-mosquitto", port: 1883, username: "addons", password: "pw" };

describe("the stand-in for the Supervisor", () => {
  it("hands out the broker's access where there is one, by the app's services", async () => {
    const { access } = await supervised(broker);
    expect(await mqttOfSupervisor(access)).toEqual({
      url: "mqtt://core-mosquitto:1883",
      username: "addons",
      password: "pw",
    });
    await expect(mqttOfSupervisor((await supervised()).access)).rejects.toThrow("400: Service not enabled");
    const other = await supervised(broker);
    other.app.services = [];
    await expect(mqttOfSupervisor(other.access)).rejects.toThrow("403: No access to mqtt service!");
  });

  it("answers the token of the app's last start alone", async () => {
    const { access, supervisor } = await supervised();
    expect(await slugOfSupervisor(access)).toBe("a0d7b954_heatloop");
    supervisor.newToken();
    await expect(slugOfSupervisor(access)).rejects.toThrow("401");
  });

  it("lets an app read and change its own options, within its schema, and restart itself, and nothing else", async () => {
    const { app, ask, known } = await supervised();
    app.schema = { log_level: "list(info|warn)?" };
    const post = (options: object) =>
      ask("/addons/self/options", { method: "POST", body: JSON.stringify({ options }) });
    expect((await post({ log_level: "warn" })).status).toBe(200);
    expect((await post({ log_level: "loud" })).status).toBe(400);
    expect(await (await ask("/addons/self/options/config")).json()).toMatchObject({ data: { log_level: "warn" } });
    expect((await ask("/addons/self/restart", { method: "POST" })).status).toBe(200);
    expect(known.restarts).toBe(1);
    expect((await ask("/info")).status).toBe(200);
    expect((await ask("/addons/self/security")).status).toBe(403);
  });

  it("is a way to Core, but for what is the Supervisor's own, and as long as Core is up", async () => {
    const { ask, session, known, supervisor } = await supervised();
    const opened = await session();
    expect(await opened.send({ type: "get_config" })).toMatchObject({ time_zone: "Europe/Rome" });
    await expect(opened.send({ type: "supervisor/api" })).rejects.toThrow("unauthorized");
    await expect(opened.send({ type: "hassio/update/addon" })).rejects.toThrow("unauthorized");
    opened.close();
    await expect(session("another")).rejects.toThrow("the token is refused");
    expect((await ask("/core/api/hassio/supervisor/info")).status).toBe(403);
    expect((await ask("/core/api/states")).status).toBe(404);
    known.isCoreUp = false;
    expect((await ask("/core/api/states")).status).toBe(502);
    await expect(session()).rejects.toThrow("HTTP status 502");
    expect(supervisor.core.commands).toContain("supervisor/api");
  });
});
