import { matchesGlob } from '../policy/models-allowed.js';
import type { Candidate } from './context.js';
import { excluded, type Filter, type Objection, unknown } from './filter.js';
import type { Finding } from './types.js';

/** `:free` endpoints are documented to keep prompts; of others only a fact tells. */
function objectToCollection({ facts: { dataPolicy }, model }: Candidate, by: Finding['by']): readonly Objection[] {
  if (dataPolicy === undefined) {
    if (model.id.endsWith(':free')) return [excluded('data_collection', ':free endpoints store prompts or train on them', by)];
    return [unknown('data_collection', 'no public list tells what the provider does with prompts', by)];
  }
  const { retains, trains, publishes } = dataPolicy;
  const does = [retains && 'stores prompts', trains && 'trains on prompts', publishes && 'publishes prompts'].filter((one) => typeof one === 'string');
  if (does.length > 0) return [excluded('data_collection', does.join(', '), by)];
  const told = [retains, trains, publishes].every((one) => one === false);
  return told ? [] : [unknown('data_collection', 'the facts given do not tell all that the provider does with prompts', by)];
}

function objectToRetention({ facts: { zdr } }: Candidate, by: Finding['by']): readonly Objection[] {
  if (zdr === true) return [];
  return [zdr === false ? excluded('zdr', 'retains data', by) : unknown('zdr', 'only the list of /endpoints/zdr tells', by)];
}

/** The account's guardrails and data policy. */
export const guardrails: Filter = {
  step: 'Filter by Guardrails',
  object(candidate, { account }) {
    const { allowedModels } = account;
    const found: Objection[] = [];
    if (allowedModels && !allowedModels.some((glob) => matchesGlob(glob, candidate.model.id))) {
      found.push(excluded('allowedModels', `${candidate.model.id} is not an allowed model`, 'account'));
    }
    if (account.zdr === true) found.push(...objectToRetention(candidate, 'account'));
    if (account.data_collection === 'deny') found.push(...objectToCollection(candidate, 'account'));
    return found;
  },
};

/** `data_collection` and `zdr` of the request. */
export const dataPolicy: Filter = {
  step: 'Filter by Data Policy',
  object: (candidate, { provider }) => [
    ...(provider.data_collection === 'deny' ? objectToCollection(candidate, 'request') : []),
    ...(provider.zdr === true ? objectToRetention(candidate, 'request') : []),
  ],
};

/** `enforce_distillable_text`. The real name of this step is not known. */
export const distillable: Filter = {
  step: 'Filter by Distillable Text',
  applies: ({ provider }) => provider.enforce_distillable_text === true,
  object({ facts }) {
    if (facts.distillable === true) return [];
    const preference = 'enforce_distillable_text';
    return [facts.distillable === false ? excluded(preference, 'the author forbids distillation') : unknown(preference, 'only the author of the model knows')];
  },
};
