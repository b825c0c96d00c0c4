import { css } from "lit";

/** Where the readings lie over the picture. */
export const placesStyles = css`
  @container (min-width: 290px) {
    .outdoor {
      left: 13.6%;
      top: 36%;
    }
    .return {
      left: 38%;
      top: 94%;
    }
    .stage .difference {
      flex-direction: row;
      gap: 4px;
      left: 43%;
      top: 70.5%;
      white-space: nowrap;
    }
    .stage .difference > * {
      font-size: var(--ha-font-size-s, 12px);
    }
    /* What has a set-point grows upwards. */
    .stage .reading:is(.flow, .room, .room_2, .tank) {
      top: 58%;
      transform: translate(-50%, -100%);
    }
    .flow {
      left: 38%;
    }
    .room {
      left: 62%;
    }
    .zones .room {
      left: 57.5%;
    }
    .room_2 {
      left: 70%;
    }
    .tank {
      left: 83.3%;
    }
  }
`;
