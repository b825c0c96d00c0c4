/**
 * Asks Home Assistant for the rooms: `topic` of a room is the id of its entity, `field` an attribute where the temperature is not
 * the state itself. It tells when a room has reported last, also where the temperature stayed as it was.
 */
export function askHomeAssistant({ env }) {
  const rooms = (env.get("HEATLOOP_ROOMS") ?? [])
    .filter(({ topic }) => /^[a-z_]+\.[a-z0-9_]+$/.test(topic))
    .map(({ topic, field }) => [topic, field ?? ""]);
  const template = [
    "{% set found = namespace(rooms=[]) %}",
    `{% for id, field in ${JSON.stringify(rooms)} if states[id] is not none %}`,
    "{% set value = none if is_state(id, 'unavailable') else state_attr(id, field) if field else states(id) %}",
    "{% set at = as_timestamp(states[id].last_reported) * 1000 %}",
    "{% set found.rooms = found.rooms + [{'topic': id, 'value': value, 'at': at}] %}",
    "{% endfor %}{{ found.rooms | to_json }}",
  ].join("");
  return { template };
}
