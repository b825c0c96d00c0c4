import type { Point } from "../point.ts";

/** The ESP32's Wi-Fi: confs/wifi-base.yaml of the firmware. */
export const wifiBasePoints = {
  wifi_signal: {
    name: "WiFi Signal dB",
    entity: "Wi-Fi signal",
    package: "wifi-base",
    component: "sensor",
    quantity: "signal",
    every: 5,
    category: "diagnostic",
    log: "mean",
    column: 67,
  },
  wifi_signal_percent: {
    name: "WiFi Signal %",
    entity: "Wi-Fi signal strength",
    package: "wifi-base",
    component: "sensor",
    quantity: "percent",
    every: 5,
    category: "diagnostic",
  },
  esp_ip_address: {
    name: "ESP IP",
    entity: "IP address",
    package: "wifi-base",
    component: "sensor",
    quantity: "text",
    category: "diagnostic",
    simulated: "192.168.1.87",
  },
  esp_ssid: {
    name: "ESP SSID",
    entity: "Wi-Fi network",
    package: "wifi-base",
    component: "sensor",
    quantity: "text",
    category: "diagnostic",
    simulated: "Home",
  },
} as const satisfies Record<string, Point>;
