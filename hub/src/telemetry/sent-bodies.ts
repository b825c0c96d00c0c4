import { Problem } from "@heatloop/program/http/problem";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { nodeOf } from "../web/caller.ts";
import type { BodySpaces } from "./body-space.ts";
import { heldBody, jsonIn } from "./telemetry-body.ts";

/** A home sends rows, reports of days and events side by side, one of each. */
const mostOfNode = 8;

/** A request's place among those that are taken now. */
type Place = { leaveSpace: (() => void) | undefined; isOver: boolean };

/**
 * Takes JSON of nodes that may be compressed, of a size that is bounded before and after; it waits until there is space for it, which is
 * given back with the answer.
 */
export function takeSentBodies(app: FastifyInstance, spaces: BodySpaces): void {
  const places = new WeakMap<FastifyRequest, Place>();
  const ofNodes = new Map<string, number>();

  app.addHook("preParsing", async (request, reply, payload) => {
    const { node } = nodeOf(request);
    const others = ofNodes.get(node) ?? 0;
    if (others >= mostOfNode) {
      throw new Problem(503, `The node sends ${mostOfNode} batches at once already: wait for their answers.`, [], {
        "retry-after": "1",
      });
    }
    ofNodes.set(node, others + 1);
    const place: Place = { leaveSpace: undefined, isOver: false };
    places.set(request, place);
    reply.raw.once("close", () => leave(node, place));
    return payload;
  });
  app.addHook("onResponse", async (request) => {
    const place = places.get(request);
    if (place !== undefined) leave(nodeOf(request).node, place);
  });

  function leave(node: string, place: Place): void {
    if (place.isOver) return;
    place.isOver = true;
    place.leaveSpace?.();
    const others = (ofNodes.get(node) ?? 1) - 1;
    if (others === 0) ofNodes.delete(node);
    else ofNodes.set(node, others);
  }

  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<Buffer>(
    "application/json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => {
      const { plain, leave: leaveSpace } = await heldBody(spaces, body, request.headers["content-encoding"]);
      const place = places.get(request);
      // Who asked may be gone by now.
      if (place === undefined || place.isOver) {
        leaveSpace();
        throw new Problem(400, "The request was broken off.");
      }
      place.leaveSpace = leaveSpace;
      return jsonIn(plain);
    },
  );
}
