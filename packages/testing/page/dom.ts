type Child = Node | string | undefined | false;

interface Properties {
  readonly class?: string;
  /** Attributes by name; never one that runs code or holds style. */
  readonly [attribute: string]: string | undefined;
}

/** An element. Text becomes text, whatever it says: nothing here ever reads markup. */
export function h<Name extends keyof HTMLElementTagNameMap>(name: Name, properties: Properties = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(properties)) if (value !== undefined) element.setAttribute(attribute, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** Words for those who do not see what is beside them. */
export function unseen(text: string): HTMLElement {
  return h('span', { class: 'unseen' }, text);
}

/** The element of the page with this id, which is of this kind. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}.`);
  return element;
}

/** A bar from one share of the width to another, both 0 to 1; what it says is said in words beside it. */
export function bar(from: number, to: number, kind: string): HTMLElement {
  const fill = h('span', { class: `fill ${kind}` });
  // The least that is seen is held inside the track.
  fill.style.insetInlineStart = `min(${from * 100}%, 100% - 3px)`;
  fill.style.inlineSize = `${Math.max(0, to - from) * 100}%`;
  return h('span', { class: 'track', 'aria-hidden': 'true' }, fill);
}

/** A bar with the words for it. */
export function measure(drawn: Child, words: string): HTMLElement {
  return h('span', { class: 'measure' }, drawn, h('span', {}, words));
}

/** A word in a coloured frame. */
export function badge(kind: string, ...words: readonly Child[]): HTMLElement {
  return h('span', { class: `badge ${kind}` }, ...words);
}

/** Terms and what they stand for, as the content of a `dl`; what is `undefined` is left out. */
export function terms(pairs: readonly (readonly [string, Child])[]): readonly HTMLElement[] {
  return pairs.flatMap(([term, value]) => (value === undefined || value === false ? [] : [h('div', {}, h('dt', {}, term), h('dd', {}, value))]));
}

/** A table with a heading for each column; the first cell of each row is its heading. */
export function table(caption: string, heads: readonly string[], rows: readonly HTMLTableRowElement[]): HTMLTableElement {
  const head = h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)));
  return h('table', {}, h('caption', { class: 'unseen' }, caption), h('thead', {}, head), h('tbody', {}, ...rows));
}
