import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { startedProgram } from "#test/support/started-program.ts";
import { waitFor } from "#test/support/wait-for.ts";

const password = "a-password-of-the-broker";

it.each([
  ["an exception that nobody catches", `throw new Error("broken ${password}")`],
  ["a promise that nobody waits for", `void Promise.reject(new Error("broken ${password}"))`],
  ["an exception that is no error", `throw "broken ${password}"`],
])("%s is logged without secrets and ends the program in order, with exit code 1", async (_what, code) => {
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoint("flow_temperature", "35");
  await firmware.publishPoint("return_temperature", "30");
  const program = startedProgram({
    options: { mqtt: { url, username: "u", password } },
    flags: ["--import", `data:text/javascript,${encodeURIComponent(`process.on("SIGUSR2", () => { ${code}; });`)}`],
  });
  const page = await program.url();
  await waitFor(async () => (await (await fetch(`${page}/api/health`)).text()).includes("connected"), "the broker");
  program.child.kill("SIGUSR2");
  const { code: ended, written } = await program.ended();
  expect(ended).toBe(1);
  expect(written).toMatch(/ERROR Heatloop ends because of an error that it did not expect; .*broken \*\*\*/);
  expect(written).toContain("INFO Heatloop has ended");
  expect(written).not.toContain(password);
  expect((await retainedTopics(url, "heatloop/status")).get("heatloop/status")).toBe("offline");
});
