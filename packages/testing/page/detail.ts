import type { PageContents, PageRequest } from '../src/page/page-request.js';
import { byId, terms } from './dom.js';
import { explain } from './explanation.js';
import { facts, funnel, order, policy } from './sections.js';
import { timeline } from './timeline.js';

export interface Detail {
  /** Shows a request, or that none is opened. */
  show(request: PageRequest | undefined, timed: boolean): void;
  focus(): void;
}

async function contentsOf(number: number): Promise<PageContents> {
  const response = await fetch(`__waypost/requests/${number}`);
  if (!response.ok) throw new Error(`The gateway says ${response.status}.`);
  // the gateway that served this page wrote it
  return (await response.json()) as PageContents;
}

/** The request that is opened. Its frame stays as it changes: buttons keep the focus, what was unfolded stays so. */
export function createDetail(): Detail {
  const title = byId('detail-title', HTMLHeadingElement);
  const contents = byId('contents', HTMLDetailsElement);
  const text = byId('text', HTMLDetailsElement);
  const explanation = byId('explanation', HTMLPreElement);
  const copied = byId('copied', HTMLParagraphElement);
  const slots = { facts: byId('facts', HTMLDListElement), funnel: byId('funnel', HTMLDivElement), order: byId('order', HTMLDivElement), attempts: byId('attempts', HTMLDivElement), verdict: byId('verdict', HTMLDivElement) };
  const body = byId('body', HTMLPreElement);
  const headers = byId('headers', HTMLDListElement);
  let shown: PageRequest | undefined;
  let shownTimed = false;

  async function unfold(): Promise<void> {
    if (!contents.open || shown === undefined) return;
    const { number } = shown;
    try {
      const read = await contentsOf(number);
      if (shown?.number !== number) return;
      headers.replaceChildren(...terms(Object.entries(read.headers)));
      body.textContent = read.body === '' ? 'No body.' : read.body;
    } catch (error) {
      body.textContent = `Could not be read: ${String(error)}`;
    }
  }

  async function copy(): Promise<void> {
    const words = explanation.textContent;
    try {
      await navigator.clipboard.writeText(words);
      copied.textContent = 'Copied.';
    } catch {
      // A browser may not let a page write: then the reader copies by hand.
      text.open = true;
      getSelection()?.selectAllChildren(explanation);
      copied.textContent = 'The browser did not allow it; the text is selected below.';
    }
  }

  contents.addEventListener('toggle', () => void unfold());
  byId('copy', HTMLButtonElement).addEventListener('click', () => void copy());

  return {
    show(request, timed) {
      byId('opened', HTMLDivElement).hidden = request === undefined;
      byId('nothing-open', HTMLDivElement).hidden = request !== undefined;
      document.body.classList.toggle('opened', request !== undefined);
      if (request === undefined || (request === shown && timed === shownTimed)) {
        shown = request;
        return;
      }
      const other = request.number !== shown?.number;
      shown = request;
      shownTimed = timed;
      title.textContent = `Request ${request.number}`;
      slots.facts.replaceChildren(...facts(request, timed));
      slots.funnel.replaceChildren(funnel(request));
      slots.order.replaceChildren(order(request));
      slots.attempts.replaceChildren(...timeline(request, timed));
      slots.verdict.replaceChildren(policy(request));
      explanation.textContent = explain(request, timed);
      if (!other) return;
      byId('detail', HTMLElement).scrollTop = 0;
      copied.textContent = '';
      headers.replaceChildren();
      body.textContent = '';
      void unfold();
    },
    focus: () => title.focus(),
  };
}
