/** An invented letter. */
export const LETTER = `Dear doctor,

since the new dose I can climb the stairs again without a pause, and the swelling is gone. But I lie awake until three. My
neighbour says that I should take the tablets in the morning instead of the evening. Is that all right, or does it have to be at
night because of the other ones?

Kind regards`;
