/**
 * A script that stands for a phone: what it is told is published, and the way there takes a moment. What the notify
 * entity of MQTT is told is published too.
 */
export const phoneScript = `script of a phone:
  phone:
    mode: parallel
    sequence:
      - action: mqtt.publish
        data: { topic: phone, payload: "{{ { 'title': title, 'message': message, 'data': data } | to_json }}" }
      - delay: { seconds: 1 }`;

export const paperEntity = "  - notify: { name: paper, unique_id: paper, command_topic: paper }";

/** A message that the phone got. */
export type PhoneMessage = {
  readonly title: string;
  readonly message: string;
  readonly data: { readonly tag: string; readonly actions?: readonly { readonly action: string }[] };
};

export function phoneMessages(all: readonly { readonly topic: string; readonly payload: string }[]): PhoneMessage[] {
  return all.filter(({ topic }) => topic === "phone").map(({ payload }) => JSON.parse(payload) as PhoneMessage);
}
