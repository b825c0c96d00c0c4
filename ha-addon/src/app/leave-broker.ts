import { removalSteps } from "@heatloop/mqtt-discovery/publish-steps";
import { stateTopics } from "../heat-pump/publish-states.ts";
import type { Wiring } from "./wiring.ts";

/**
 * Clears all that this installation keeps at the broker, whereupon Home Assistant forgets the entities, and retains
 * nothing more until the program is started again: for who uninstalls it. What another installation announces stays, and
 * one that lives publishes the status anew that they share. False where the broker is away.
 */
export async function leaveBroker({ parts: { mqtt, log }, retaining, presence }: Wiring): Promise<boolean> {
  if (presence === undefined || !mqtt.connected()) return false;
  retaining.end();
  const { brokerAnnouncements } = presence;
  const announced = brokerAnnouncements
    .ownDevices()
    .flatMap((id) => [...removalSteps(id, brokerAnnouncements.of(id)).map(({ topic }) => topic), ...stateTopics(id)]);
  const topics = new Set([...announced, ...retaining.topics()]);
  const cleared = await Promise.all([...topics].map((topic) => mqtt.publish(topic, "", { retain: true, qos: 1 })));
  if (!cleared.every(Boolean)) return false;
  log.info("cleared all that Heatloop kept at the broker; until its next start it keeps nothing there");
  return true;
}
