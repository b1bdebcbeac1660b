import { describe, expect, it } from 'vitest';
import { DESCRIPTIONS } from '../../src/policy/descriptions.js';
import { camel, type Field, FIELDS } from '../../src/policy/fields.js';
import { preferencesJsonSchema } from '../../src/policy/json-schema.js';
import { isRecord } from '../../src/policy/report.js';

const fields = Object.keys(FIELDS) as Field[];

function propertiesOf(schema: unknown): Record<string, unknown> {
  if (!isRecord(schema) || !isRecord(schema['properties'])) throw new Error('not a schema of an object');
  return schema['properties'];
}

describe('preferencesJsonSchema', () => {
  it('describes the spelling asked for', () => {
    const keys = (spelling?: 'wire' | 'camel' | 'both'): string[] => Object.keys(propertiesOf(preferencesJsonSchema(spelling && { spelling }))).sort();
    expect(keys('wire')).toEqual([...fields].sort());
    expect(keys('camel')).toEqual(fields.map(camel).sort());
    expect(keys('both')).toEqual([...new Set([...fields, ...fields.map(camel)])].sort());
    expect(keys()).toEqual(keys('both'));
  });

  it('carries description, unit and default', () => {
    const properties = propertiesOf(preferencesJsonSchema());
    expect(properties['preferred_max_latency']).toMatchObject({ description: expect.stringContaining('Unit: seconds.') });
    expect(properties['allowFallbacks']).toMatchObject({ default: true });
    expect(properties['data_collection']).toMatchObject({ default: 'allow' });
    expect(properties['sort']).not.toHaveProperty('default');
    for (const field of fields) expect(properties[field]).toMatchObject({ description: expect.stringContaining(DESCRIPTIONS[field].description) });
  });

  it('is plain JSON', () => {
    const schema = preferencesJsonSchema();
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
