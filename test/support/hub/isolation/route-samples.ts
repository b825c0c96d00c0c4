import { markedPassword } from "./marked-tenants.ts";
import { textPlace } from "./places.ts";

/** Parts of what a route is asked, as somebody would who knows it. */
export type RouteSample = { readonly query?: Readonly<Record<string, string>>; readonly body?: unknown };

const dates = { query: { from: "2026-10-24", to: "2026-10-25" } };
const times = { query: { from: "2026-10-25T00:00:00Z", to: "2026-10-26T00:00:00Z" } };
const newPassword = "another long password";

/** Only for routes whose schemas alone do not lead past their checks. */
export const routeSamples: Readonly<Record<string, RouteSample>> = {
  "POST /api/v1/login": { body: { email: textPlace("users.email"), password: textPlace("secret:password") } },
  "PUT /api/v1/password": { body: { current: markedPassword, password: newPassword } },
  "PUT /api/v1/session": { body: { tenant_id: textPlace("tenants.public_id") } },
  "POST /api/v1/invitation/look": { body: { secret: textPlace("secret:invitation") } },
  "POST /api/v1/invitation/accept": {
    body: { secret: textPlace("secret:invitation"), name: "Somebody new", password: newPassword },
  },
  "POST /api/v1/password-reset/confirm": { body: { secret: textPlace("secret:reset"), password: newPassword } },
  "POST /api/v1/claim": { body: { code: textPlace("secret:claim code"), public_key: textPlace("public key") } },
  "POST /api/v1/node/certificate": { body: { public_key: textPlace("public key") } },
  "POST /api/v1/node/keys": { body: { public_key: textPlace("public key") } },
  "POST /api/v1/nodes/:id/keys": { body: { public_key: textPlace("public key") } },
  "POST /api/v1/nodes": { body: { name: "A home" } },
  "POST /api/v1/telemetry": {
    body: {
      devices: [
        {
          device: textPlace("devices.home_id"),
          time_zone: "UTC",
          minutes: "time,heat_wh\n2026-10-25T10:00:00+00:00,4\n?",
        },
      ],
      events: [
        {
          id: textPlace("events.id"),
          at: "2026-10-25T10:00:00Z",
          kind: "alert_raised",
          device: textPlace("devices.home_id"),
          context: {},
        },
      ],
    },
  },
  "POST /api/v1/devices/:id/move": { body: { to_id: textPlace("devices.public_id") } },
  "GET /api/v1/devices/:id/minutes.csv": times,
  "GET /api/v1/devices/:id/readings": times,
  "PUT /api/v1/nodes/:id/dialects": {
    body: { sources: [{ dialect: "ruuvi", source: "ruuvi/cellar", device: "cellar", points: [] }] },
  },
  "GET /api/v1/nodes/:id/gaps": times,
  "POST /api/v1/node/sent": { body: { from: "2026-10-25" } },
  "GET /api/v1/devices/:id/days": dates,
  "GET /api/v1/devices/:id/months": dates,
  "GET /api/v1/devices/:id/hours": dates,
  "GET /api/v1/devices/:id/quarters": dates,
  "POST /api/v1/totp/confirm": { body: { code: textPlace("code:begun") } },
  "POST /api/v1/totp/off": { body: { password: markedPassword, code: textPlace("code:confirmed") } },
  "POST /api/v1/totp": { body: { password: markedPassword } },
  "POST /api/v1/me/remove": { body: { password: markedPassword } },
  "POST /api/v1/platform/second-factor-off": { body: { email: textPlace("users.email"), password: markedPassword } },
};
