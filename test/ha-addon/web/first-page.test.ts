import type { DeviceView } from "@heatloop/ha-addon/web/view";
import { expect, it } from "vitest";
import { exampleDevice } from "#test/support/examples/device.ts";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

/** What is in the page before any script has run, without the page's own data. */
async function textOf(language?: string): Promise<string> {
  const headers = language === undefined ? {} : { "accept-language": language };
  const { body } = await example.app.inject({ url: "/", headers });
  const [, element = ""] = /<heatloop-page[^>]*>(.*)<\/heatloop-page>/s.exec(body) ?? [];
  return element
    .replaceAll(/<[^>]*>/g, " ")
    .trim()
    .replaceAll(/\s+/g, " ");
}

it.each([
  [undefined, "Heatloop Heating Ecodan"],
  ["de-CH,de;q=0.9,en;q=0.5", "Heatloop Heizen Ecodan"],
  ["nn-NO", "Heatloop Oppvarming Ecodan"],
  ["ja, it;q=0.8", "Heatloop Riscaldamento Ecodan"],
  ["ja", "Heatloop Heating Ecodan"],
  ["*", "Heatloop Heating Ecodan"],
])("the page says what the heat pump does without a script, for a reader of %s", async (language, text) => {
  expect(await textOf(language)).toBe(text);
});

it.each([
  [{ operation: "defrost" }, "Heatloop Defrosting Ecodan"],
  [{ operation: null }, "Heatloop Not known Ecodan"],
  [{ online: false, operation: null }, "Heatloop Offline Ecodan"],
  [{ name: '<b title="x">A & B' }, "Heatloop Heating &lt;b title=&quot;x&quot;&gt;A &amp; B"],
] satisfies readonly (readonly [Partial<DeviceView>, string])[])("of %j it says %s", async (device, text) => {
  example.parts.view.deviceList = [{ ...exampleDevice, ...device }];
  expect(await textOf()).toBe(text);
});

it("it says nothing of several heat pumps, of which a person chooses one", async () => {
  example.parts.view.deviceList = [exampleDevice, { ...exampleDevice, id: "barn", name: "Barn" }];
  expect(await textOf()).toBe("");
});
