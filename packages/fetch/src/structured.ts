export type { StandardIssue, StandardResult, StandardSchema } from './schema/standard-schema.js';
export type { StructuredMode } from './structured/answer-format.js';
export type { GenerateObjectOptions, ObjectResult } from './structured/generate-object.js';
export { generateObject } from './structured/generate-object.js';
export type { StructuredOutputReason } from './structured/structured-output-error.js';
export { StructuredOutputError } from './structured/structured-output-error.js';
export type { Total } from './total.js';
