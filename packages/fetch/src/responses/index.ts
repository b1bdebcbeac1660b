export type { RespondResult } from './convert-result.js';
export type { RespondInput } from './request.js';
export { respond } from './respond.js';
export type { OpenResponseStream, ResponseStream } from './stream-respond.js';
export { streamRespond } from './stream-respond.js';
