/**
 * The languages that the firmware speaks on MQTT: its twelve label files, by their names (`no`). Names, options and text
 * states follow it. In which language people read is another matter: `home-languages.ts`.
 */
export const languages = ["en", "nl", "it", "fr", "es", "de", "fi", "no", "sv", "da", "pl", "sk"] as const;
export type Language = (typeof languages)[number];
