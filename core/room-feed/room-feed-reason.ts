import { fedSource, ownSource, type RoomFeed, type RoomFeedInput, troubleOf } from "./room-feed.ts";
import { passed } from "./sent-commands.ts";

/** Why the feed is in its state, in words that its owner understands; without figures that change all the time. */
export function roomFeedReason(feed: RoomFeed, input: RoomFeedInput, homeAssistant: boolean): string {
  const { average, send } = input;
  if (average === null) return "No rooms are set for this zone.";
  const parts = average.temperatureC === null ? [average.reason ?? "no temperature"] : [roomsText(average)];
  if (!homeAssistant) parts.unshift("Home Assistant cannot be reached");
  parts.push(...(average.temperatureC === null ? withoutTemperature(feed, input) : withTemperature(feed, input)));
  if (!send) parts.push("nothing is sent, since sending is turned off in the settings");
  return sentence(parts.join("; "));
}

function roomsText({ rooms, used, reason }: NonNullable<RoomFeedInput["average"]>): string {
  if (reason !== null) return `${used} of ${rooms.length} rooms used: ${reason}`;
  return rooms.length === 1 ? "the room is used" : `all ${rooms.length} rooms are used`;
}

function withoutTemperature(feed: RoomFeed, input: RoomFeedInput): string[] {
  const { source, ownC, online, send, at, holdMs } = input;
  if (feed.state === "fallback") {
    return [
      source === ownSource || source === null
        ? "the heat pump uses its own room thermostat"
        : `the heat pump uses ${sourceText(source)}`,
    ];
  }
  const keeps = "the heat pump keeps the last temperature it was sent";
  if (!send || !passed(feed.since, at, holdMs)) return [keeps];
  if (online !== true) return [keeps, "it is offline"];
  if (feed.owner === "left") return [keeps, "someone set its source back to Home Assistant, so it is left there"];
  if (source === null) return [keeps, "its room temperature source is not known"];
  if (ownC === null)
    return [keeps, "it has no room thermostat of its own that can be trusted, so it is not switched to one"];
  return [keeps, "it was asked to use its own room thermostat and has not confirmed it"];
}

function withTemperature(feed: RoomFeed, input: RoomFeedInput): string[] {
  const { source } = input;
  const parts: string[] = [];
  const trouble = troubleText(feed, input);
  if (trouble !== null) parts.push(trouble);
  if (feed.state === "fallback") {
    parts.push("the heat pump still uses its own room thermostat and is switched back once it has the temperature");
  } else if (source !== null && source !== fedSource) {
    parts.push(
      `the heat pump uses ${sourceText(source)}, as someone chose, so the temperature that is sent has no effect`,
    );
  }
  return parts;
}

function troubleText(feed: RoomFeed, input: RoomFeedInput): string | null {
  switch (troubleOf(feed, input)) {
    case "offline":
      return input.online === null
        ? "the heat pump has not published anything yet, so nothing is sent"
        : "the heat pump is offline, so nothing is sent";
    case "refused":
      return "the temperature cannot be sent: is the MQTT broker there?";
    case "unconfirmed": {
      const reported = input.fedC === null ? "nothing" : `${input.fedC.toFixed(1)} °C`;
      return `the heat pump does not confirm the temperature it was sent (it reports ${reported}): is auto-adaptive in its firmware?`;
    }
    case "overwritten":
      return `something else sent the heat pump ${feed.disturbed?.byC.toFixed(1)} °C: does another automation feed it?`;
    case null:
      return null;
  }
}

function sourceText(source: string): string {
  if (source === ownSource) return "its own room thermostat";
  return source === "virtual_thermostat" ? "its virtual thermostat" : "the fed temperature";
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
