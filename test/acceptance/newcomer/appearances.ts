import { isPointId, type PointId } from "@heatloop/core/catalogue/points";
import { readTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { type FindingName, findingNames } from "@heatloop/core/events/rules/rules";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { alertSentence } from "@heatloop/ha-addon/alerts/alert-sentence";
import { findAlerts } from "@heatloop/ha-addon/alerts/alerts";
import { restoredAlerts } from "@heatloop/ha-addon/alerts/kept-alerts";
import { reportCsv } from "@heatloop/ha-addon/report/csv";
import { reportHtml } from "@heatloop/ha-addon/report/html/html";
import { reportJson, reportSchema } from "@heatloop/ha-addon/report/json/json";
import { reportText } from "@heatloop/ha-addon/report/text";
import { alertsSchema } from "@heatloop/ha-addon/settings/alerts-settings";
import { columnNames } from "@heatloop/ha-addon/web/points";
import { discoveryPayload } from "@heatloop/mqtt-discovery/discovery";
import { exampleDevices } from "#scripts/making/examples.ts";
import { rome } from "#test/core/examples/example-days.ts";
import { resultsOf, ruleFiles } from "#test/core/examples/rule-cases.ts";
import { withDevice, wrongIds } from "#test/ha-addon/alerts/alerts-world.ts";
import { at, startWatched } from "#test/simulator/watched.ts";
import { exampleReport } from "#test/support/examples/report.ts";

/**
 * Prints, as JSON, where in the programs a point, a figure, a finding's rule and an alert's appear whose names are its arguments. It is run in a
 * copy of the sources to which they were added.
 */

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f\u2009]/g, " ");

const [point = "", figure = "", rule = "", alertRule = ""] = process.argv.slice(2);

export type Appearances = {
  readonly point: ReturnType<typeof ofPoint>;
  readonly figure: ReturnType<typeof ofFigure>;
  readonly rule: Awaited<ReturnType<typeof ofRule>>;
  readonly alert: ReturnType<typeof ofAlert>;
};

function ofPoint() {
  const devices = Object.values(exampleDevices);
  return {
    discovery: devices.map((device) => discoveryPayload(device).components[point]),
    column: minutesHeader.split(",").at(-1),
    api: columnNames.at(-1),
    simulated: isPointId(point) ? simulatedPayloads(point) : [],
  };
}

function simulatedPayloads(id: PointId): readonly string[] {
  const topic = stateTopic("ecodan-heatpump", id, "en");
  const watched = startWatched({ startAt: at("2026-01-10T11:00:00Z"), zones: 1, keep: (each) => each === topic });
  watched.run(1800);
  const read = readTopic(topic);
  if (read?.kind !== "point" || read.point !== id) throw new Error(`${topic} is not read back`);
  return (watched.seen.get(topic) ?? []).map(({ payload }) => payload);
}

function ofFigure() {
  const made = exampleReport();
  const [header = ""] = reportCsv(made).split(/\r?\n/);
  const total: Readonly<Record<string, unknown>> = reportSchema.parse(reportJson(made, rome)).total;
  return {
    json: total[figure],
    csv: header.split(",").at(-1),
    html: plain(reportHtml(made, { name: "Ecodan", language: "de" })),
    text: plain(reportText(made, { name: "Ecodan", language: "de" })),
  };
}

async function ofRule() {
  const rules = await ruleFiles();
  const added = rules.find((each) => each.rule.name === rule);
  const results = added?.cases.map((each) => ({ is: resultsOf(added.rule, each), shouldBe: each.results }));
  const isListed = (findingNames as readonly string[]).includes(rule);
  const { events } = exampleReport();
  if (!isListed || events === null) return { isListed, results, json: [], html: "", text: "" };
  const from = at("2026-01-01T10:00:00Z");
  const finding = { name: rule as FindingName, from, to: from + 1_200_000, minutes: 20, point: null, value: 9.5 };
  const made = exampleReport({ events: { ...events, findings: [finding] } });
  return {
    isListed,
    results,
    json: reportSchema.parse(reportJson(made, rome)).happened?.findings.map(({ name }) => name),
    html: plain(reportHtml(made, { name: "Ecodan", language: "de" })),
    text: plain(reportText(made, { name: "Ecodan", language: "de" })),
  };
}

function ofAlert() {
  const found = findAlerts(withDevice({ immersionHeaterOn: true, boosterHeaterOn: true }));
  const wrong = found.wrong.filter(({ id }) => id === `${alertRule}/hp`);
  const entries = wrong.map(({ sinceAt, mark, onlyKeeps: _, ...alert }) => ({
    phase: "active",
    alert: { ...alert, sinceAt: sinceAt ?? 0, acknowledged: null, snoozedUntil: null },
    mark,
    lastedMs: 0,
  }));
  return {
    sentences: (["en", "fi"] as const).flatMap((language) =>
      wrong.map(({ problem }) => alertSentence(problem, language)),
    ),
    whenWell: wrongIds(withDevice({})),
    restored: restoredAlerts({ entries, ended: [], next: 1 }).entries.length,
    canBeOff: alertsSchema.safeParse({ off: [alertRule] }).success,
  };
}

const appearances: Appearances = {
  point: ofPoint(),
  figure: ofFigure(),
  rule: await ofRule(),
  alert: ofAlert(),
};
process.stdout.write(JSON.stringify(appearances));
