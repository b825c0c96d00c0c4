import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mqttOfSupervisor, slugOfSupervisor } from "@heatloop/ha-addon/settings/supervisor";
import { afterEach, describe, expect, it } from "vitest";

let server: Server | undefined;

async function supervisor(answer: RequestListener) {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { token: "t0ken", fetch, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function answering(status: number, body: unknown): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

const mqtt = { host: "core-mosquitto", port: 1883, ssl: false, username: "addons", password: "pw", protocol: "3.1.1" };

describe("the slug of the app", () => {
  it("is what the Supervisor says of the app that asks", async () => {
    const asked: unknown[] = [];
    const access = await supervisor((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      response.end(JSON.stringify({ result: "ok", data: { slug: "a0d7b954_heatloop", name: "Heatloop" } }));
    });
    expect(await slugOfSupervisor(access)).toBe("a0d7b954_heatloop");
    expect(asked).toEqual([["/addons/self/info", "Bearer t0ken"]]);
  });

  it.each([{ data: {} }, { data: { slug: "../config" } }])("is not read from %j", async (answer) => {
    const asked = slugOfSupervisor(await supervisor(answering(200, answer)));
    await expect(asked).rejects.toThrow(
      "the Supervisor's answer to GET /addons/self/info is not understood (data.slug",
    );
  });
});

describe("the Supervisor's broker", () => {
  it("is asked for with the token", async () => {
    const asked: unknown[] = [];
    const access = await supervisor((request, response) => {
      asked.push([request.method, request.url, request.headers.authorization]);
      response.end(JSON.stringify({ result: "ok", data: { ...mqtt, addon: "core_mosquitto" } }));
    });
    expect(await mqttOfSupervisor(access)).toEqual({
      url: "mqtt://core-mosquitto:1883",
      username: "addons",
      password: "pw",
    });
    expect(asked).toEqual([["GET", "/services/mqtt", "Bearer t0ken"]]);
  });

  it.each([
    [{ ...mqtt, ssl: true, port: 8883 }, "mqtts://core-mosquitto:8883"],
    [{ ...mqtt, port: "1884" }, "mqtt://core-mosquitto:1884"],
    [{ ...mqtt, host: "fd00::1" }, "mqtt://[fd00::1]:1883"],
  ])("%j is at %s", async (data, url) => {
    expect((await mqttOfSupervisor(await supervisor(answering(200, { data })))).url).toBe(url);
  });

  it("may need no user", async () => {
    const data = { host: "h", port: 1883, username: null, password: null };
    expect(await mqttOfSupervisor(await supervisor(answering(200, { data })))).toEqual({ url: "mqtt://h:1883" });
  });

  it.each([
    [
      400,
      { result: "error", message: "Service not enabled" },
      /400: Service not enabled.*install and start the Mosquitto/,
    ],
    [403, { result: "error", message: "No access to mqtt service!" }, /403.*services: \[mqtt:want\]/],
    [401, {}, /401.*token is not valid: restart/],
    [502, { message: "Bad gateway" }, /502: Bad gateway/],
    [200, { data: { host: "h" } }, /not understood \(data\.port/],
    [200, "nonsense", /not understood/],
  ])("that answers %d %j is an error with what to do", async (status, body, sentence) => {
    const problem = await mqttOfSupervisor(await supervisor(answering(status, body))).catch((error) => error.message);
    expect(problem).toMatch(sentence);
    expect(problem).not.toContain("t0ken");
  });

  it("of a Supervisor that does not answer is an error that names it", async () => {
    const access = await supervisor((request) => request.socket.destroy());
    await expect(mqttOfSupervisor(access)).rejects.toThrow("the Supervisor does not answer (GET /services/mqtt:");
  });
});
