import type { Provider } from '@waypost/core';

function provider(slug: string, name: string, headquarters: string, datacenters: string[]): Provider {
  return {
    name, slug, headquarters, datacenters,
    privacy_policy_url: null, terms_of_service_url: null, status_page_url: null,
  };
}

/** Slugs and display names are those of real providers, so that policies in tests read like policies in production. */
export const PROVIDERS: readonly Provider[] = [
  provider('openai', 'OpenAI', 'US', ['US']),
  provider('azure', 'Azure', 'US', ['US', 'SE']),
  provider('anthropic', 'Anthropic', 'US', ['US']),
  provider('amazon-bedrock', 'Amazon Bedrock', 'US', ['US', 'DE']),
  provider('google-vertex', 'Google', 'US', ['US', 'BE']),
  provider('google-ai-studio', 'Google AI Studio', 'US', ['US']),
  provider('deepinfra', 'DeepInfra', 'US', ['US']),
  provider('together', 'Together', 'US', ['US']),
  provider('groq', 'Groq', 'US', ['US', 'FI']),
  provider('cerebras', 'Cerebras', 'US', ['US', 'CA']),
  provider('nebius', 'Nebius', 'NL', ['FI', 'FR']),
  provider('cohere', 'Cohere', 'CA', ['US', 'CA']),
  provider('venice', 'Venice', 'US', ['US']),
];
