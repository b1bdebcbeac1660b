/** An invented night. */
export const SIGHTINGS: readonly string[] = ['22:10 fog bank west of the mole', '23:45 trawler Kestrel in, engine smoking', '02:30 light on the north buoy out', '04:05 fog gone, buoy lit again'];
