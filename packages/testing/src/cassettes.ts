export type { Cassette, RecordedAnswer, RecordedCall } from './cassettes/cassette.js';
export type { Match } from './cassettes/match.js';
export type { Miss, Player, PlayOptions } from './cassettes/play.js';
export { play } from './cassettes/play.js';
export type { Recorder, RecordOptions } from './cassettes/record.js';
export { record } from './cassettes/record.js';
