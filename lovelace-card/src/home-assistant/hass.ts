/**
 * What this card reads of Home Assistant's `hass` object, and nothing more. Source: src/types.ts and
 * src/data/{entity,device,translation}.ts of home-assistant/frontend, 2026.11.
 */
export type Hass = {
  readonly states: Readonly<Record<string, StateObject | undefined>>;
  readonly entities: Readonly<Record<string, EntityDisplay | undefined>>;
  readonly devices: Readonly<Record<string, DeviceEntry | undefined>>;
  readonly language: string;
  readonly locale: Locale;
  readonly config: {
    readonly time_zone: string;
    readonly unit_system: { readonly temperature: string };
    readonly components?: readonly string[];
  };
  /** Who looks; absent on Heatloop's own page. */
  readonly user?: { readonly is_admin: boolean };
  /** Whether the page is dark now; without it, it is as the reader's device is set. */
  readonly themes?: { readonly darkMode: boolean };
  /** False while the frontend has no connection; `states` then stands still. */
  readonly connected: boolean;
  /** The same object for as long as the page lives. */
  readonly connection: object;
  /** Where Heatloop's app is, which the card adds from its configuration; absent: under the Supervisor. */
  readonly app?: AppAddress | undefined;
  callService(
    domain: string,
    service: string,
    data?: Readonly<Record<string, unknown>>,
    target?: { readonly entity_id: string },
    notifyOnError?: boolean,
  ): Promise<unknown>;
  callWS<T>(message: { readonly type: string } & Readonly<Record<string, unknown>>): Promise<T>;
};

/** Where Heatloop is without the Supervisor: `app_url` and `app_token` of the card's configuration. */
export type AppAddress = {
  /** Of its page, with the slash at its end: a path of Home Assistant's own origin, or a whole URL. */
  readonly url: string;
  /** An API token; undefined: the session of who has signed in on the page, which only its own origin sees. */
  readonly token: string | undefined;
};

/** A new object with each change of the entity. */
export type StateObject = {
  readonly entity_id: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Since when it has this state, ISO 8601. */
  readonly last_changed?: string;
  /** When it or one of its attributes last changed, ISO 8601. */
  readonly last_updated?: string;
};

/** The entity registry as the frontend has it at hand: without unique ids and without disabled entities. */
export type EntityDisplay = {
  readonly entity_id: string;
  readonly device_id?: string;
  readonly name?: string;
  readonly platform?: string;
  readonly display_precision?: number;
  readonly entity_category?: string;
};

export type DeviceEntry = {
  readonly id: string;
  readonly name: string | null;
  readonly name_by_user: string | null;
  readonly sw_version?: string | null;
  readonly identifiers: readonly (readonly string[])[];
};

export type Locale = {
  readonly language: string;
  readonly number_format: string;
  readonly time_format: string;
  readonly time_zone: string;
  readonly first_weekday: string;
};

/**
 * Whether a card that shows these entities has to look again. `hass` is a new object at each change of any entity of
 * the house, so this runs many times a second and does not allocate.
 */
export function concerns(before: Hass, next: Hass, followed: readonly string[]): boolean {
  if (
    before.entities !== next.entities ||
    before.devices !== next.devices ||
    before.connected !== next.connected ||
    before.connection !== next.connection ||
    before.locale !== next.locale ||
    before.language !== next.language ||
    before.config !== next.config ||
    before.themes !== next.themes
  ) {
    return true;
  }
  if (before.states === next.states) return false;
  for (const entityId of followed) if (before.states[entityId] !== next.states[entityId]) return true;
  return false;
}
