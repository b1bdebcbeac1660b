import { misspelt } from '../policy/misspelt.js';
import { addIssue, join, type Report, show } from '../policy/report.js';
import { wireName } from '../policy/validate.js';

// Ours and not the wire's: in a body the server would ignore them.
const POLICY_OPTIONS: readonly string[] = ['allowedModels', 'allowed_models', 'region', 'acknowledge'];

const PROTECTED: readonly string[] = ['model', 'messages', 'stream'];

/** Refuses what a raw body may not carry: the fields that make the request what it is. */
export function checkProtected(body: { readonly [field: string]: unknown }, path: string, report: Report): void {
  for (const field of PROTECTED) {
    if (body[field] !== undefined) addIssue(report, `${path}.${field}`, 'cannot be set here', `${field} belongs to the call itself`);
  }
}

/**
 * Refuses provider preferences at the top level of a body, and what nearly is `provider` or an option of ours: the server ignores
 * them, so that a guardrail would be lost in silence. So it would with functions, which JSON has no word for, or, as `toJSON`,
 * asks for another body.
 */
export function checkMisplaced(body: { readonly [field: string]: unknown }, path: string, report: Report): void {
  for (const key of Object.keys(body)) {
    if (body[key] == null) continue;
    const name = wireName(key);
    const near = misspelt(key);
    const at = join(path, key);
    if (POLICY_OPTIONS.includes(key)) addIssue(report, at, 'is no field of the request', 'give it to the client, the model or the options of the call');
    else if (near !== undefined) addIssue(report, at, 'is no field of the request', `did you mean ${show(near)}?`);
    else if (typeof body[key] === 'function') addIssue(report, at, 'is a function, which no request can carry');
    // `options` is too common a word to claim
    if (name && name !== 'options') addIssue(report, at, 'has no effect at the top level', `write provider: { ${name}: … }`);
  }
}
