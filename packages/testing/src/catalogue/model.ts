import type { GatewayModel } from './types.js';

/** An invented model; what is left out is what an ordinary chat model has. */
export function model(id: string, name: string, more: Omit<Partial<GatewayModel>, 'id' | 'name'> & Pick<GatewayModel, 'endpoints'>): GatewayModel {
  const [base = id, variant] = id.split(':');
  return {
    canonicalSlug: `${base}-20260901${variant === undefined ? '' : `:${variant}`}`,
    description: `${name}, an invented model for tests.`,
    created: 1_788_220_800,
    contextLength: 128_000,
    inputModalities: ['text'],
    outputModalities: ['text'],
    tokenizer: 'Other',
    distillable: true,
    ...more,
    id, name,
  };
}
