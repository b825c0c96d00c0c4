import type { SupervisedApp } from "#test/support/supervisor/api.ts";
import { type FrontendCommand, frontendAnswer, runningHeatloop } from "#test/support/supervisor/frontend.ts";
import { type Ingress, type IngressUser, ingressUser, startIngress } from "#test/support/supervisor/ingress.ts";

/**
 * A stand-in for Home Assistant under the Supervisor, with one app behind ingress, and the websocket commands that a
 * card may send as an administrator or as another user.
 */
export type SupervisedHome = {
  /** A page of the same origin, to put a card into. */
  readonly page: string;
  /** Whether the app runs, and under which of its slugs it is installed; undefined is not at all. */
  readonly app: Pick<SupervisedApp, "state" | "slug">;
  isAdmin: boolean;
  /** Whose the next sessions of ingress are. */
  user: IngressUser;
  /** The Supervisor's commands that came, and the paths that were asked for through ingress with their status. */
  readonly commands: string[];
  readonly asked: Ingress["answered"];
  /** Ends all sessions, as 15 minutes without use do. */
  endSessions(): void;
  /** The answer to `supervisor/api`; throws as the websocket rejects. */
  supervisor(command: FrontendCommand): unknown;
  close(): Promise<void>;
};

export async function startSupervisedHome(target: string): Promise<SupervisedHome> {
  const app = runningHeatloop();
  const commands: string[] = [];
  const ingress = await startIngress(target, {
    isRunning: () => app.state === "started",
    otherwise: (_, response) =>
      void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Home</title>"),
  });

  const home: SupervisedHome = {
    page: new URL("/lovelace", ingress.url).href,
    app,
    isAdmin: true,
    user: ingressUser,
    commands,
    asked: ingress.answered,
    endSessions: ingress.endSessions,
    supervisor(command) {
      commands.push(`${command.method} ${command.endpoint}`);
      return frontendAnswer(command, { app, isAdmin: home.isAdmin, openSession: () => ingress.openSession(home.user) });
    },
    close: ingress.close,
  };
  return home;
}
