import type { PageRequest } from '../src/page/page-request.js';
import { byId, h } from './dom.js';
import { type Filter, modelsOf, OUTCOMES, POLICIES } from './filter.js';

export interface Controls {
  filter(): Filter;
  /** Offers the models of these requests. */
  offer(requests: readonly PageRequest[]): void;
  clear(): void;
  readonly search: HTMLInputElement;
}

function fill(select: HTMLSelectElement, options: readonly (readonly [string, string])[]): void {
  const { value } = select;
  select.replaceChildren(...options.map(([key, words]) => h('option', { value: key }, words)));
  select.value = value;
}

/** The search and its menus. */
export function createControls(onChange: () => void): Controls {
  const search = byId('search', HTMLInputElement);
  const [outcome, model, policy] = ['outcome', 'model', 'policy'].map((id) => byId(id, HTMLSelectElement)) as [HTMLSelectElement, HTMLSelectElement, HTMLSelectElement];
  let offered = '';
  fill(outcome, OUTCOMES);
  fill(policy, POLICIES);
  search.addEventListener('input', onChange);
  for (const select of [outcome, model, policy]) {
    select.selectedIndex = 0;
    select.addEventListener('change', onChange);
  }
  return {
    search,
    filter: () => ({ search: search.value, outcome: outcome.value, model: model.value, policy: policy.value }),
    offer(requests) {
      const names = [...new Set(requests.flatMap(modelsOf))].sort();
      // the one that is chosen stays, though its requests are gone
      if (model.value !== '' && !names.includes(model.value)) names.push(model.value);
      // an open menu must not be rebuilt for nothing
      if (offered === names.join('\n') && model.options.length > 0) return;
      offered = names.join('\n');
      fill(model, [['', 'All'], ...names.map((name): [string, string] => [name, name])]);
    },
    clear() {
      search.value = '';
      for (const select of [outcome, model, policy]) select.value = '';
      onChange();
    },
  };
}
