import type { JsonObject } from '../wire/open.js';
import { DESCRIPTIONS } from './descriptions.js';
import { camel, type Field, FIELDS, type Kind, PARTITIONS, PERCENTILES, PRICES, QUANTIZATIONS, SORTS, TOKEN_PRICES } from './fields.js';
import { knownSlugs } from './slugs.js';

export interface JsonSchemaOptions {
  /** Which spelling of the keys it describes: `max_price`, `maxPrice`, or either. Default `both`. */
  spelling?: 'wire' | 'camel' | 'both';
}

const NULL: JsonObject = { type: 'null' };
const nullable = (schema: JsonObject): JsonObject => ({ anyOf: [schema, NULL] });

const closedObject = (keys: readonly string[], valueOf: (key: string) => JsonObject): JsonObject => ({
  type: 'object',
  properties: Object.fromEntries(keys.map((key) => [key, nullable(valueOf(key))])),
  additionalProperties: false,
});

// a number, or the decimal text of one
const AMOUNT: JsonObject = {
  anyOf: [
    { type: 'number', minimum: 0 },
    { type: 'string', pattern: '^\\s*\\+?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*$' },
  ],
};

const TOKEN_PRICE: JsonObject = {
  anyOf: [AMOUNT, { type: 'object', properties: { usdPerMillion: AMOUNT }, required: ['usdPerMillion'] }],
};

const PRICE_UNITS: Record<string, string> = {
  prompt: 'USD per million prompt tokens',
  completion: 'USD per million completion tokens',
  request: 'USD per request',
  image: 'USD per image',
  audio: 'USD per unit of audio',
};

const slugs = (): JsonObject => ({
  type: 'array',
  // the known ones complete in an editor; others pass, since providers are added weekly
  items: { anyOf: [{ enum: [...new Set(knownSlugs())].sort() }, { type: 'string', pattern: '^(?!:).*\\S' }] },
});

const SCHEMAS: Record<Kind, () => JsonObject> = {
  slugs,
  flag: () => ({ type: 'boolean' }),
  collection: () => ({ enum: ['allow', 'deny'] }),
  quantizations: () => ({ type: 'array', items: { enum: QUANTIZATIONS } }),
  sort: () => ({
    anyOf: [{ enum: SORTS }, closedObject(['by', 'partition'], (key) => ({ enum: key === 'by' ? SORTS : PARTITIONS }))],
  }),
  percentiles: () => ({ anyOf: [AMOUNT, closedObject(PERCENTILES, () => AMOUNT)] }),
  price: () =>
    closedObject(PRICES, (key) => ({
      description: PRICE_UNITS[key],
      ...(TOKEN_PRICES.some((one) => one === key) ? TOKEN_PRICE : AMOUNT),
    })),
  options: () => ({ type: 'object', additionalProperties: { type: 'object' } }),
};

function schemaOf(field: Field): JsonObject {
  const { description, unit, default: assumed } = DESCRIPTIONS[field];
  const schema = SCHEMAS[FIELDS[field]]();
  const value = schema['type'] === 'array' && field !== 'ignore' ? { ...schema, minItems: 1 } : schema;
  return {
    description: unit === undefined ? description : `${description} Unit: ${unit}.`,
    // of `sort` the default is no value that could be written
    ...(assumed !== undefined && field !== 'sort' && { default: assumed }),
    ...nullable(value),
  };
}

/**
 * The JSON Schema (draft 2020-12) of provider preferences, for editors and for configuration files. It accepts what
 * `preferences` accepts, but for what a schema cannot know: near misses of provider slugs pass it, as does one preference
 * given in both spellings.
 *
 * @example
 * await writeFile('preferences.schema.json', JSON.stringify(preferencesJsonSchema({ spelling: 'camel' }), null, 2));
 *
 * Source: OpenRouter API, provider routing.
 */
export function preferencesJsonSchema(options: JsonSchemaOptions = {}): JsonObject {
  const { spelling = 'both' } = options;
  const properties: Record<string, JsonObject> = {};
  for (const field of Object.keys(FIELDS) as Field[]) {
    const schema = schemaOf(field);
    if (spelling !== 'camel') properties[field] = schema;
    if (spelling !== 'wire') properties[camel(field)] = schema;
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'OpenRouter provider preferences',
    description: 'Which endpoints may serve a request, and in which order they are tried.',
    type: 'object',
    properties,
    additionalProperties: false,
  };
}
