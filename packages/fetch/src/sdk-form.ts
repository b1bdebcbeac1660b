import { InvalidOptionsError } from '@waypost/core';

/** A form as it is sent, and its fields that are text, which are what policy is about. */
export interface SdkForm {
  readonly form: FormData;
  readonly fields: { readonly [name: string]: unknown };
}

// Also as a server that reads names loosely would take them, `model[]` for one. `model` itself is checked as it is written.
const FOLDED = /^\W*(models?|provider)\b/i;

/**
 * Reads a form into a new one, so that what is checked is what is sent, whatever tricks its text plays.
 *
 * @throws {InvalidOptionsError} for fields that only JSON can carry, and for a field that is there twice and may be only once.
 */
export function readForm(given: FormData): SdkForm {
  const form = new FormData();
  // without a prototype, so that a key `__proto__` is a key like any other
  const fields: Record<string, unknown> = Object.create(null);
  given.forEach((value, name) => {
    const fail = (message: string): never => {
      throw new InvalidOptionsError([{ path: name.slice(0, 60), message, suggestion: 'send JSON, with the file as base64' }]);
    };
    if (name !== 'model' && FOLDED.test(name)) fail('has no place in a form');
    if (typeof value === 'string') {
      if (name in fields && !name.endsWith('[]')) fail('is in the form twice');
      if (name !== 'stream') fields[name] = value;
      form.append(name, value);
    } else if (name === 'model') fail('is a file');
    else form.append(name, value, value.name);
  });
  return { form, fields };
}

/** Adds what the layers say beside it. What a route of forms honours of `provider` is a preference, and no form has it. */
export function completeForm({ form, fields }: SdkForm, body: string): FormData {
  const said: { readonly [name: string]: unknown } = JSON.parse(body);
  for (const [name, value] of Object.entries(said)) {
    if (name in fields || name === 'provider') continue;
    if (form.has(name)) form.delete(name);
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form;
}
