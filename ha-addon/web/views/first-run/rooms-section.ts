import { fill } from "@heatloop/core/text/fill-text";
import type { Mistake } from "@heatloop/program/mistakes";
import { html, nothing, type TemplateResult } from "lit";
import { mistakesAt } from "../../forms/draft.ts";
import type { PageInput } from "../../page/page-input.ts";
import { type Choice, unknownRooms, withRoom, withRoomPart } from "./choice.ts";
import type { FirstRunFound, RoomFound } from "./found.ts";
import { type RoomLook, roomRow } from "./room-row.ts";
import type { FirstRunTexts } from "./texts/english.ts";

/** What a part of the first run is made of. */
export type FirstRunPart = {
  readonly found: FirstRunFound;
  readonly choice: Choice;
  readonly texts: FirstRunTexts;
  readonly mistakes: readonly Mistake[];
  readonly change: (choice: Choice) => void;
};

/** The temperatures of Home Assistant to choose rooms of: those that look like rooms, and the others behind a summary. */
export function roomsTemplate(part: FirstRunPart & { readonly input: PageInput }): TemplateResult {
  const { found, choice, texts } = part;
  const chosen = new Set(choice.rooms.map(({ entity }) => entity));
  const known = found.rooms.filter(({ entity, offered }) => offered || chosen.has(entity));
  const others = found.rooms.filter((room) => !known.includes(room));
  const first = [...known, ...unknownRooms(choice, found.rooms)];
  const isThere = found.home_assistant.state === "connected";
  return html`<section class="panel">
    <h2>${texts.rooms} <span class="count" role="status">${fill(texts.chosen_of, { count: choice.rooms.length })}</span></h2>
    <p>${isThere ? texts.rooms_text : texts.rooms_without}</p>
    ${mistakeTexts(mistakesAt(part.mistakes, "rooms"), texts)}
    ${isThere && found.rooms.length === 0 ? html`<p class="notice">${texts.no_rooms}</p>` : nothing}
    <ul class="rooms">
      ${first.map((room) => rowOf(room, part))}
    </ul>
    ${others.length === 0 ? nothing : otherRooms(others, part)}
  </section>`;
}

function otherRooms(others: readonly RoomFound[], part: FirstRunPart & { readonly input: PageInput }) {
  return html`<details>
    <summary>${fill(part.texts.others, { count: others.length })}</summary>
    <p class="quiet">${part.texts.others_text}</p>
    <ul class="rooms">
      ${others.map((room) => rowOf(room, part))}
    </ul>
  </details>`;
}

function rowOf(
  room: RoomFound,
  { input, choice, texts, mistakes, change }: FirstRunPart & { readonly input: PageInput },
) {
  const { language, live } = input;
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const look: RoomLook = { texts, number: (value) => format.format(value), heatPumps: live.devices };
  const index = choice.rooms.findIndex(({ entity }) => entity === room.entity);
  const own = index < 0 ? [] : mistakes.filter(({ path }) => path.startsWith(`rooms[${index}]`));
  return roomRow(room, choice.rooms[index], own, look, {
    choose: (isIn) => change(withRoom(choice, room, isIn)),
    change: (part) => change(withRoomPart(choice, room.entity, part)),
  });
}

/** What is wrong with something, each a line. */
export function mistakeTexts(mistakes: readonly Mistake[], texts: FirstRunTexts) {
  return mistakes.map(
    ({ allowed }) => html`<p class="mistake" tabindex="-1" role="alert">${fill(texts.mistake, { allowed })}</p>`,
  );
}
