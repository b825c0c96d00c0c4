import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startTcpProxy } from "#test/support/broker/tcp-proxy.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { startedProgram } from "#test/support/started-program.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Accepts MQTT 5 connections and sends `hello` to each; never hangs up by itself. */
async function falseBroker(hello: Buffer) {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined).resume();
    if (hello.length > 0) socket.write(hello);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

const accepted = Buffer.from([0x20, 3, 0, 0, 0]);

describe("a broker that sends", () => {
  it.each([
    ["what is no MQTT", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["noise after its welcome", Buffer.concat([accepted, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff])])],
    ["a message without a topic", Buffer.concat([accepted, Buffer.from([0x30, 2, 0, 0])])],
    ["a topic that is no UTF-8", Buffer.concat([accepted, Buffer.from([0x30, 6, 0, 2, 0xc3, 0x28, 0, 0x31])])],
    ["an answer to what was never asked", Buffer.concat([accepted, Buffer.from([0x40, 2, 0, 9])])],
  ])("%s is tried again, and the program goes on and ends", async (_name, hello) => {
    const broker = await falseBroker(hello);
    const program = startedProgram({ options: { mqtt: { url: broker.url } } });
    const url = await program.url();
    await waitFor(() => broker.connections() > 0, "it connects");
    if (hello[0] !== 0x20) await waitFor(() => broker.connections() > 2, "it tries again");
    expect(await (await fetch(`${url}/api/health`)).json()).toHaveProperty("mqtt");
    program.child.kill("SIGTERM");
    const { code, written } = await program.ended();
    expect({ code, unexpected: written.includes("did not expect") }).toEqual({ code: 0, unexpected: false });
  });
});

describe("SIGTERM ends the program in order though", () => {
  it("the broker accepts everything and answers nothing, not even the goodbye", async () => {
    const broker = await falseBroker(accepted);
    const program = startedProgram({ options: { mqtt: { url: broker.url } } });
    await program.url();
    await waitFor(() => program.written().includes("MQTT connected"), "it is connected");
    program.child.kill("SIGTERM");
    await waitFor(() => program.child.exitCode !== null, "it ends before what runs it would kill it", 10_000);
    const { code, written } = await program.ended();
    expect(code).toBe(0);
    expect(written).toContain("Heatloop has ended");
  });

  it("Home Assistant neither answers nor closes", async () => {
    const { url } = await testBroker();
    const server = await startFakeHomeAssistant();
    onTestFinished(server.stop);
    const home = { url: server.url, token: server.token };
    const program = startedProgram({ options: { mqtt: { url }, home_assistant: home } });
    await program.url();
    await waitFor(() => server.connections() === 1, "it is connected");
    server.setSilent(true);
    program.child.kill("SIGTERM");
    expect(await program.ended()).toMatchObject({ code: 0 });
  });

  it("it is still starting", async () => {
    const { url } = await testBroker();
    const script = `const write = process.stdout.write;
      process.stdout.write = function (text, ...rest) {
        if (String(text).includes("Heatloop is ready")) process.kill(process.pid, "SIGTERM");
        return write.call(process.stdout, text, ...rest);
      };`;
    const flags = ["--import", `data:text/javascript,${encodeURIComponent(script)}`];
    const program = startedProgram({ options: { mqtt: { url } }, flags });
    expect(await program.ended()).toMatchObject({ code: 0, written: expect.stringContaining("Heatloop has ended") });
  });

  it("the wire to the broker is cut at that moment; the running minute is written", async () => {
    const broker = await testBroker();
    const wire = await startTcpProxy(broker.port);
    onTestFinished(wire.close);
    const firmware = await firmwareOnMqtt(broker.url, "hp");
    await firmware.publishPoints(basicPoints);
    await firmware.status("online");
    const program = startedProgram({ options: { mqtt: { url: `mqtt://127.0.0.1:${wire.port}` } } });
    const url = await program.url();
    await waitFor(() => program.written().includes("logs a heat pump"), "the heat pump is logged");
    for (const point of ["flow_rate", "flow_temperature", "return_temperature", "compressor"] as const)
      await firmware.publishPoint(point);
    await waitFor(
      async () => (await (await fetch(`${url}/api/devices/hp/status`)).text()).includes('"online":true'),
      "it is online",
    );
    wire.cut();
    program.child.kill("SIGTERM");
    expect(await program.ended()).toMatchObject({ code: 0, written: expect.stringContaining("Heatloop has ended") });
    const files = globSync("archive/hp/*/*.csv", { cwd: program.folder }).filter((name) =>
      /\d{4}-\d\d-\d\d\.csv$/.test(name),
    );
    const rows = files.flatMap((name) =>
      readFileSync(join(program.folder, name), "utf8").trimEnd().split("\n").slice(1),
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe("an error that nobody expected", () => {
  it.each([
    ["thrown", 'process.on("SIGUSR2", () => { throw new Error("out of the blue"); });'],
    ["rejected", 'process.on("SIGUSR2", () => void Promise.reject(new Error("out of the blue")));'],
  ])("%s is logged, and ends the program in order for whoever starts it again", async (_name, script) => {
    const { url } = await testBroker();
    const flags = ["--import", `data:text/javascript,${encodeURIComponent(script)}`];
    const program = startedProgram({ options: { mqtt: { url } }, flags });
    await program.url();
    program.child.kill("SIGUSR2");
    const { code, written } = await program.ended();
    expect(code).toBe(1);
    expect(written).toMatch(/ERROR Heatloop ends because of an error that it did not expect.*out of the blue/);
    expect(written.trimEnd().split("\n").at(-1)).toContain("INFO Heatloop has ended");
  });
});
