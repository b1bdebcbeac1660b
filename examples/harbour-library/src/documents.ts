import { Document } from '@langchain/core/documents';

/** Papers of an invented harbour, each by the id that answers cite. */
const PAPERS = {
  bridge: 'The bridge at Stillwater opens on the hour from seven to nineteen. Boats lower than four metres pass at any time.',
  berths: 'Visitors lie at the east quay. A berth costs two crowns a metre and night, water and power included.',
  pilot: 'Ships longer than sixty metres take a pilot. The pilot comes aboard at the outer buoy, and is asked for a day ahead.',
  fuel: 'The fuel berth sells diesel from eight to seventeen. Petrol is sold in cans at the chandlery.',
  speed: 'Inside the mole the speed limit is three knots. Outside of it there is none, but wake is paid for.',
  storm: 'When two red lights stand above the signal mast, a storm is near: the harbour is closed, and nobody leaves.',
  waste: 'Oil and batteries go to the shed behind the crane. The shed has a lock; the key is at the office.',
  office: 'The harbour office is open from eight to twelve. At other hours the duty officer listens on channel eleven.',
} as const;

export const documents: readonly Document[] = Object.entries(PAPERS).map(([id, pageContent]) => new Document({ id, pageContent }));
