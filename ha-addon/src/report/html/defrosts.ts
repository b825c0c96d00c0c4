import type { Defrost } from "@heatloop/core/events/defrosts";
import { fill } from "@heatloop/core/text/fill-text";
import type { Writing } from "../writing.ts";
import { note, row, section, table, tiles } from "./parts.ts";

/** Of more only the sum is shown. */
const mostListed = 20;

/** What defrosting takes: time, heat, electricity, and how much of the COP. */
export function defrostsSection(writing: Writing): string {
  const { report, texts, numbers } = writing;
  if (report.events === null || report.events.defrosts.sum.count === 0) return "";
  const { sum, share, cops, list } = report.events.defrosts;
  const of = (text: string, part: number | null) =>
    part === null ? {} : { below: fill(text, { share: numbers.part(part) }) };
  const isCopKnown = cops.asMeasured !== null;
  return section(texts.defrosting, [
    tiles([
      { term: texts.number, value: numbers.count(sum.count) },
      { term: texts.time, value: numbers.decimal(sum.seconds / 3600, 1), unit: "h" },
      { term: texts.takenBack, value: numbers.kwh(-sum.heatWh), unit: "kWh", ...of(texts.ofHeat, share.ofHeat) },
      {
        term: texts.electricity,
        value: numbers.kwh(sum.electricityWh),
        unit: "kWh",
        ...of(texts.ofElectricity, share.ofElectricity),
      },
      {
        term: texts.recovery,
        value: numbers.decimal(sum.recoverySeconds / 3600, 1),
        unit: "h",
        ...of(texts.ofElectricity, share.recoveryOfElectricity),
      },
    ]),
    isCopKnown
      ? tiles([
          { term: texts.copAsMeasured, value: numbers.cop(cops.asMeasured) },
          { term: texts.copWithoutRecovery, value: numbers.cop(cops.withoutRecovery) },
          { term: texts.copUndisturbed, value: numbers.cop(cops.undisturbed) },
        ])
      : "",
    note(texts.recoveryNote),
    list.length <= mostListed ? defrostTable(writing, list) : "",
  ]);
}

function defrostTable({ report, texts, numbers }: Writing, list: readonly Defrost[]): string {
  const rows = list.map((defrost) =>
    row(`${defrost.startSeen ? "" : "<\u00a0"}${numbers.instant(defrost.at, report.timeZone)}`, [
      numbers.minutes(defrost.seconds),
      numbers.decimal(defrost.heatWh === null ? null : -defrost.heatWh / 1000, 2),
      numbers.decimal(defrost.electricityWh === null ? null : defrost.electricityWh / 1000, 2),
      numbers.degrees(defrost.outdoorC),
      defrost.operation === null ? numbers.count(null) : texts[defrost.operation],
      defrost.recovery.end === "not_seen" ? numbers.count(null) : numbers.minutes(defrost.recovery.seconds),
    ]),
  );
  const head = [
    texts.start,
    texts.length,
    `${texts.takenBack} kWh`,
    `${texts.electricity} kWh`,
    texts.outdoors,
    texts.outOf,
    texts.recovery,
  ];
  return table(head, rows);
}
