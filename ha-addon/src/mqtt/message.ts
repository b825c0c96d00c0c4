export type MqttMessage = { readonly topic: string; readonly payload: Uint8Array; readonly retained: boolean };
