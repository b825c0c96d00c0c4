import { describe, expect, it } from "vitest";
import { exampleDevice } from "#test/support/examples/device.ts";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

async function metrics(): Promise<string[]> {
  const answer = await example.app.inject("/metrics");
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(answer.headers["cache-control"]).toBe("no-store");
  return answer.body.split("\n");
}

describe("metrics", () => {
  it.each([
    'heatloop_info{version="1.2.3"} 1',
    "heatloop_mqtt_messages_total 1200",
    "heatloop_readings_total 1100",
    "heatloop_minutes_written_total 60",
    "heatloop_live_clients 0",
    "heatloop_mqtt_connected 1",
    "heatloop_home_assistant_connected 1",
    'heatloop_alerts{severity="info"} 0',
    'heatloop_alerts{severity="warning"} 1',
    'heatloop_alerts{severity="error"} 0',
    "heatloop_archive_writable 1",
    "heatloop_archive_bytes 73000000",
    "heatloop_archive_free_bytes 9000000000",
    "process_resident_memory_bytes 80000000",
    'heatloop_online{device="ecodan-heatpump"} 1',
    'heatloop_heat_power_watts{device="ecodan-heatpump"} 5330',
    'heatloop_flow_temperature_celsius{device="ecodan-heatpump"} 34.5',
    'heatloop_outdoor_temperature_celsius{device="ecodan-heatpump"} 4',
    'heatloop_heat_today_joules{device="ecodan-heatpump"} 136080000',
    'heatloop_electricity_today_joules{device="ecodan-heatpump"} 34020000',
    'heatloop_cop_today{device="ecodan-heatpump"} 4',
  ])("have %s", async (line) => {
    expect(await metrics()).toContain(line);
  });

  it("are absent where they are not known, and never 0", async () => {
    example.parts.view.sizeNow = null;
    example.parts.view.set("ecodan-heatpump", "flow_temperature", null);
    example.parts.view.deviceList = [{ ...exampleDevice, online: null }];
    example.parts.view.healthNow = {
      ...example.parts.view.healthNow,
      homeAssistant: { state: "off", sinceAt: null, detail: null },
    };
    const text = (await metrics()).join("\n");
    for (const name of [
      "heatloop_archive_bytes",
      "heatloop_flow_temperature_celsius",
      "heatloop_online",
      "heatloop_home_assistant_connected",
      "heatloop_electricity_power_watts",
      "heatloop_cop{",
      "process_cpu_seconds_total",
    ]) {
      expect(text).not.toContain(name);
    }
  });

  it("are none of a heat pump that has gone", async () => {
    await metrics();
    example.parts.view.deviceList = [];
    expect((await metrics()).join("\n")).not.toContain("device=");
  });

  it("are each described once, in a format that can be read line by line", async () => {
    const lines = (await metrics()).filter((line) => line !== "");
    const types = lines.filter((line) => line.startsWith("# TYPE")).map((line) => line.split(" ")[2]);
    expect(new Set(types).size).toBe(types.length);
    for (const line of lines) {
      expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"\})? -?[\d.e+]+)$/);
    }
  });
});
