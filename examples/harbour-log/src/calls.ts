/** What came in on the radio of an invented harbour. */
export const CALLS: readonly string[] = [
  'Stillwater Harbour, this is the Petrel, two on board. Coming in at seven for the night, we draw two metres.',
  'Mayday, mayday, this is Kittiwake, five persons. We are aground on the north bank and taking water.',
  'Harbour from Old Margaret, leaving berth four now, one person, bound for Crow Haven.',
];
