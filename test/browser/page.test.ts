import { describe } from "vitest";
import { frameCases } from "./page/frame-cases.ts";
import { liveCases } from "./page/live-cases.ts";
import { pageStand } from "./page/page-stand.ts";
import { pastCases } from "./page/past-cases.ts";

/** All views of the page share one browser. */
describe("the page through ingress", () => {
  const stand = pageStand();
  describe("its frame", () => frameCases(stand));
  describe("live", () => liveCases(stand));
  describe("the past", () => pastCases(stand));
});
