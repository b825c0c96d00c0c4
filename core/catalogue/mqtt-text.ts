/**
 * What no topic may have: control characters, halves of a surrogate pair, and code points that are no characters (MQTT 5,
 * 1.5.4). A broker may end the connection over a single one, as Mosquitto does.
 */
export const refusedInTopics = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
