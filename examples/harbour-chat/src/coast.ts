/** An invented coast: its harbours, with their depth in metres at low tide. */
export const HARBOURS = {
  stillwater: { name: 'Stillwater', depthAtLowTide: 1.2 },
  crowhaven: { name: 'Crow Haven', depthAtLowTide: 2.8 },
  gullpoint: { name: 'Gull Point', depthAtLowTide: 0.4 },
} as const;

export type HarbourId = keyof typeof HARBOURS;

// Not `Object.keys`, whose type is no more than strings.
export const HARBOUR_IDS = ['stillwater', 'crowhaven', 'gullpoint'] as const satisfies readonly HarbourId[];

const WINDS = ['north', 'east', 'south-west', 'west'] as const;
const SKIES = ['clear', 'light rain', 'fog', 'broken cloud'] as const;

/** Metres of water at a full hour; the tide of this coast takes twelve hours. */
export function waterAt(harbour: HarbourId, hour: number): number {
  const tide = 1.5 - 1.5 * Math.cos((hour / 12) * 2 * Math.PI);
  return Math.round((HARBOURS[harbour].depthAtLowTide + tide) * 10) / 10;
}

export interface Weather {
  readonly sky: string;
  readonly windFrom: string;
  readonly windKnots: number;
}

/** The forecast for a full hour: the same every day. */
export function weatherAt(harbour: HarbourId, hour: number): Weather {
  const turn = HARBOUR_IDS.indexOf(harbour) + Math.floor(hour / 6);
  return {
    sky: SKIES[turn % SKIES.length] ?? 'clear',
    windFrom: WINDS[turn % WINDS.length] ?? 'west',
    windKnots: 6 + ((hour * 5) % 18),
  };
}
