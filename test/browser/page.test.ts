import { describe } from "vitest";
import { accessCases } from "./page/access-cases.ts";
import { alertsCases } from "./page/alerts-cases.ts";
import { channelsCases } from "./page/channels-cases.ts";
import { downloadsCases } from "./page/downloads-cases.ts";
import { frameCases } from "./page/frame-cases.ts";
import { healthCases } from "./page/health-cases.ts";
import { influxCases } from "./page/influx-cases.ts";
import { liveCases } from "./page/live-cases.ts";
import { narrowCases } from "./page/narrow-cases.ts";
import { pageStand } from "./page/page-stand.ts";
import { pastCases } from "./page/past-cases.ts";
import { reportCases } from "./page/report-cases.ts";
import { roomsCases } from "./page/rooms-cases.ts";
import { toldCases } from "./page/told-cases.ts";

/** All views of the page share one browser. */
describe("the page through ingress", () => {
  const stand = pageStand();
  describe("its frame", () => frameCases(stand));
  describe("on a narrow phone", () => narrowCases(stand));
  describe("live", () => liveCases(stand));
  describe("the past", () => pastCases(stand));
  describe("rooms", () => roomsCases(stand));
  describe("alerts", () => alertsCases(stand));
  describe("alerts that are over, and who is told", () => toldCases(stand));
  describe("channels of alerts", () => channelsCases(stand));
  describe("the report", () => reportCases(stand));
  describe("downloads", () => downloadsCases(stand));
  describe("health", () => healthCases(stand));
  describe("InfluxDB", () => influxCases(stand));
  describe("who may", () => accessCases(stand));
});
