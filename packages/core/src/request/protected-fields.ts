import { misspelt } from '../policy/misspelt.js';
import { addIssue, join, type Report, show } from '../policy/report.js';
import { snake, wireName } from '../policy/validate.js';

// Where frameworks put fields of the request: in any other place, what they hold would be lost in silence.
const RAW_BODIES: readonly string[] = ['extraBody', 'extra_body', 'modelKwargs', 'model_kwargs', 'providerOptions'];

// Not the wire's: in a body the server would ignore them, and see a key that is none of its business.
const OPTIONS: readonly string[] = ['allowedModels', 'allowed_models', 'region', 'acknowledge', 'extends', 'apiKey', 'api_key', 'baseURL', 'headers'];

const PROTECTED: readonly string[] = ['model', 'messages', 'stream'];

/** Refuses a field that a raw body may not carry: those that make the request what it is. */
export function checkProtected(field: string, path: string, report: Report): void {
  if (PROTECTED.includes(field)) addIssue(report, `${path}.${field}`, 'cannot be set here', `${field} belongs to the call itself`);
}

/**
 * Refuses, in options or in a body, provider preferences beside `provider`, what nearly is `provider` or another option that protects, and
 * bodies where nobody reads them: a guardrail would be lost in silence. `what` says what such a name is not.
 */
export function checkName(field: string, path: string, report: Report, what: string): void {
  const name = wireName(field);
  const near = misspelt(field);
  const issue = (message: string, suggestion: string): undefined => addIssue(report, join(path, field), message, suggestion);
  if (near !== undefined) issue(what, `did you mean ${show(near)}?`);
  else if (RAW_BODIES.includes(field)) issue(what, 'write its fields in its place');
  // `options` is too common a word to claim
  else if (name && name !== 'options') issue('has no effect at the top level', `write provider: { ${name}: … }`);
}

/**
 * Refuses the same in a body, and options of ours, which the server ignores. So it does with functions, which JSON has no word for, or,
 * as `toJSON`, ask for another body; and a limit that is no number would be none. Fields of the wire have no capitals: others are told.
 */
export function checkMisplaced(field: string, value: unknown, path: string, report: Report): void {
  const what = 'is no field of the request';
  const issue = (message: string, suggestion?: string): undefined => addIssue(report, join(path, field), message, suggestion);
  if (OPTIONS.includes(field)) issue(what, 'give it to the client, the model or the options of the call');
  else if (typeof value === 'function') issue('is a function, which no request can carry');
  else if (typeof value === 'number' && !Number.isFinite(value)) issue(`is ${value}, which no request can carry`);
  else checkName(field, path, report, what);
  if (/[A-Z]/.test(field)) report.warnings.push({ code: 'camel-case', path: join(path, field), message: what, suggestion: `write ${snake(field)}` });
}
