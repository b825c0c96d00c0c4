import type { Stop } from "@heatloop/core/clock";

export type MqttMessage = { readonly topic: string; readonly payload: Uint8Array; readonly retained: boolean };

/** The broker, as the program's features need it. */
export type Mqtt = {
  connected(): boolean;
  /** Sends now, or says false: nothing is ever queued, so no command is repeated at a reconnect. True once the broker has it. */
  publish(topic: string, payload: string, how: { readonly retain: boolean; readonly qos: 0 | 1 }): Promise<boolean>;
  /** Kept over reconnects. */
  subscribe(filter: string, take: (message: MqttMessage) => void): Stop;
  /** Called at each connection, the first one included if it is already there. */
  onConnected(work: () => void): Stop;
  close(): Promise<void>;
};
