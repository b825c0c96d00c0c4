import { onTestFinished } from "vitest";
import { startBroker, type TestBroker } from "./broker.ts";

/** A real broker for the length of one test. */
export async function testBroker(): Promise<TestBroker> {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  return broker;
}
