/** The adapters: each is imported, and its framework makes a call through it. */
import { generateText } from 'ai';
import { equal } from './run.mjs';

const MODEL = 'acme/atlas';
const PROMPT = 'Which way to the harbour?';

export const checks = {
  'every public entry has something in it': async ({ entries }) => {
    for (const [name, namespace] of Object.entries(entries)) equal(Object.keys(namespace).length > 0, true, `${name} exports something`);
  },

  'the AI SDK generates a text': async ({ entries, key, baseURL, text: expected }) => {
    const openrouter = entries['@waypost/ai-sdk'].createOpenRouter({ apiKey: key, baseURL });
    const { text, providerMetadata } = await generateText({ model: openrouter(MODEL), prompt: PROMPT });
    equal(text, expected, 'the text');
    equal(providerMetadata.openrouter.receipt.served.model, MODEL, 'the model that served');
  },

  'LangChain generates a text': async ({ entries, key, baseURL, text: expected }) => {
    const model = new entries['@waypost/langchain'].ChatOpenRouter({ model: MODEL, apiKey: key, baseURL });
    const message = await model.invoke(PROMPT);
    equal(message.text, expected, 'the text');
    equal(message.response_metadata.receipt.served.model, MODEL, 'the model that served');
  },
};
