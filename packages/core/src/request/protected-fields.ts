import { misspelt } from '../policy/misspelt.js';
import { addIssue, join, type Report, show } from '../policy/report.js';
import { wireName } from '../policy/validate.js';

// Ours and not the wire's: in a body the server would ignore them.
const POLICY_OPTIONS: readonly string[] = ['allowedModels', 'allowed_models', 'region', 'acknowledge', 'extends'];

const PROTECTED: readonly string[] = ['model', 'messages', 'stream'];

/** Refuses a field that a raw body may not carry: those that make the request what it is. */
export function checkProtected(field: string, path: string, report: Report): void {
  if (PROTECTED.includes(field)) addIssue(report, `${path}.${field}`, 'cannot be set here', `${field} belongs to the call itself`);
}

/**
 * Refuses a provider preference at the top level of a body, and what nearly is `provider` or an option of ours: the server ignores
 * them, so that a guardrail would be lost in silence. So it would with functions, which JSON has no word for, or, as `toJSON`,
 * asks for another body.
 */
export function checkMisplaced(field: string, value: unknown, path: string, report: Report): void {
  const name = wireName(field);
  const near = misspelt(field);
  const issue = (message: string, suggestion?: string): undefined => addIssue(report, join(path, field), message, suggestion);
  if (POLICY_OPTIONS.includes(field)) issue('is no field of the request', 'give it to the client, the model or the options of the call');
  else if (near !== undefined) issue('is no field of the request', `did you mean ${show(near)}?`);
  else if (typeof value === 'function') issue('is a function, which no request can carry');
  // `options` is too common a word to claim
  if (name && name !== 'options') issue('has no effect at the top level', `write provider: { ${name}: … }`);
}
