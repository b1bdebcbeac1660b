import type { LanguageModel } from 'ai';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { answer } from './answer.js';
import type { PageFile } from './build-page.js';
import { readConversation } from './conversation.js';
import type { Tools } from './tools.js';

export interface AppOptions {
  readonly model: LanguageModel;
  readonly tools: Tools;
  /** The page's files by path. */
  readonly page: ReadonlyMap<string, PageFile>;
}

/** The application: the page, and `POST /api/chat`, which it talks to. The key stays on this side. */
export function createApp({ model, tools, page }: AppOptions): Hono {
  const app = new Hono();
  app.use(secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], connectSrc: ["'self'"], imgSrc: ['data:'] },
  }));
  for (const [path, { type, content }] of page) app.get(path, (context) => context.body(content, 200, { 'content-type': type }));
  const limit = bodyLimit({ maxSize: 1_000_000, onError: (context) => context.text('The conversation has become too long.', 413) });
  app.post('/api/chat', limit, async (context) => {
    // Another site's page can send a form or plain text here without being asked, and spend credits; JSON it cannot.
    if (!context.req.header('content-type')?.startsWith('application/json')) return context.text('The conversation must come as JSON.', 415);
    const messages = await readConversation(await context.req.json().catch(() => undefined), tools);
    if (!messages) return context.text('That is not a conversation.', 400);
    return answer({ messages, model, tools, signal: context.req.raw.signal });
  });
  app.onError((error, context) => {
    console.error(`${error.name}: ${error.message}`);
    return context.text('The server failed.', 500);
  });
  return app;
}
