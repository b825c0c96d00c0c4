export type Attributes = Readonly<Record<string, unknown>>;

/** An entity as Home Assistant has it; times in ms since the epoch. */
export type FakeEntity = {
  state: string;
  attributes: Attributes;
  changedAt: number;
  updatedAt: number;
  reportedAt: number;
};

/** A message that arrived for an entity of the MQTT integration. */
export type ReceivedMessage = { readonly at: number; readonly retain: boolean };

/** An entity in the form of `subscribe_entities`; `lu` only where it differs from `lc`. */
export function compressed({ state, attributes, changedAt, updatedAt }: FakeEntity) {
  const lu = updatedAt === changedAt ? {} : { lu: updatedAt / 1000 };
  return { s: state, a: attributes, c: "01CONTEXT", lc: changedAt / 1000, ...lu };
}

/** An entity in the form of `get_states`, whose `last_reported` is that of the state's first report. */
export function wholeState(entity: string, { state, attributes, changedAt, updatedAt }: FakeEntity) {
  const time = (at: number) => new Date(at).toISOString();
  const [changed, updated] = [time(changedAt), time(updatedAt)];
  return { entity_id: entity, state, attributes, last_changed: changed, last_updated: updated, last_reported: updated };
}

/** When an entity was last reported, in s: a template's time is rounded to µs, a compressed state's is not. */
export function templateS(entity: FakeEntity | undefined): number {
  return entity === undefined ? 0 : entity.reportedAt / 1000 + 4e-7;
}

/** `+` with what is new and `-` with the attributes that went, as Home Assistant sends a change. */
export function changeOf(before: FakeEntity, after: FakeEntity) {
  const added = Object.entries(after.attributes).filter(([name, value]) => before.attributes[name] !== value);
  const gone = Object.keys(before.attributes).filter((name) => !(name in after.attributes));
  const moved = before.state === after.state ? { lu: after.updatedAt / 1000 } : { lc: after.changedAt / 1000 };
  return {
    "+": {
      ...(before.state === after.state ? {} : { s: after.state }),
      ...(added.length === 0 ? {} : { a: Object.fromEntries(added) }),
      ...moved,
      c: "01CONTEXT",
    },
    ...(gone.length === 0 ? {} : { "-": { a: gone } }),
  };
}

/** The answer to `mqtt/device/debug_info` for an entity whose topic had these messages. */
export function debugInfo(entity: string, received: readonly ReceivedMessage[], now: number) {
  const time = (at: number) => new Date(at).toISOString();
  const messages = received.map(({ at, retain }) => ({
    payload: "20.5",
    qos: 0,
    retain,
    time: time(at),
    topic: "room/temperature",
  }));
  const other = { payload: "online", qos: 0, retain: false, time: time(now), topic: "room/status" };
  const topicKey = entity.startsWith("climate.") ? "current_temperature_topic" : "state_topic";
  return {
    entity_id: entity,
    subscriptions: [
      { topic: "room/temperature", messages },
      { topic: "room/status", messages: [other] },
    ],
    discovery_data: { topic: `homeassistant/${entity}/config`, payload: { [topicKey]: "room/temperature" } },
    transmitted: [],
  };
}
