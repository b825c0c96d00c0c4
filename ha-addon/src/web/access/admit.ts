import type { FastifyInstance, FastifyRequest } from "fastify";
import { refuseOtherSites } from "../guard.ts";
import type { WebParts } from "../parts.ts";
import { isChange, routeAccess } from "./route-access.ts";
import { ownVisitor, refuseStrangers } from "./standing-alone.ts";
import { ingressVisitor, whyNoChange } from "./through-ingress.ts";
import { setVisitor, visitorDecorator, visitorOf } from "./user.ts";

/**
 * Finds out who makes each request and refuses what they may not do, before its body is read: every route is for those
 * who are signed in unless it says otherwise, and every change is for our own page or a program.
 */
export function admitVisitors(app: FastifyInstance, parts: WebParts): void {
  app.decorateRequest(visitorDecorator, null);
  if (parts.trustedPeers === undefined) admitBySignIn(app, parts);
  else admitFromIngress(app, parts);
}

function admitBySignIn(app: FastifyInstance, { access }: WebParts): void {
  // No promise for each request: there is nothing to wait for.
  app.addHook("onRequest", (request, _reply, done) => {
    if (isChange(request)) refuseOtherSites(request);
    const visitor = ownVisitor(request, access);
    setVisitor(request, visitor);
    refuseStrangers(request, visitor, access);
    done();
  });
}

function admitFromIngress(app: FastifyInstance, parts: WebParts): void {
  app.addHook("onRequest", async (request) => {
    const visitor = ingressVisitor(request, parts.ingressPeer);
    setVisitor(request, visitor);
    if (!isChange(request)) return;
    refuseOtherSites(request);
    const problem = routeAccess(request) === "open" ? undefined : await whyNoChange(visitor, parts);
    if (problem !== undefined) throw problem;
  });
}

/** Whether a visitor may change things, for a page that shows or hides what changes them. */
export async function mayChange(request: FastifyRequest, parts: WebParts): Promise<boolean> {
  const visitor = visitorOf(request);
  if (parts.trustedPeers !== undefined) return (await whyNoChange(visitor, parts)) === undefined;
  return visitor.kind === "token" ? visitor.scope === "write" : visitor.kind !== "stranger";
}

/** Whether somebody sees more than a stranger. */
export function isSignedIn(request: FastifyRequest): boolean {
  return visitorOf(request).kind !== "stranger";
}
