import { setTimeout as sleep } from 'node:timers/promises';
import { createGateway, type Gateway } from '@waypost/testing';
import { complaints, type Stage, TEXT } from './scenarios.js';

const KEY = 'sk-or-v1-runtimes-0123456789-secret';

/** What the suite is told, in every runtime. */
interface Config {
  readonly key: string;
  readonly text: string;
  /** Base URL of the gateway of each check, by its name. */
  readonly urls: Readonly<Record<string, string>>;
}

/** What the suite tells of a check. */
export interface Result {
  readonly name: string;
  readonly error?: string;
}

/** Runs the suite somewhere. */
export type Host = (config: Config) => Promise<readonly Result[]>;

/** A connection that was left is noticed a little later. */
async function settled({ requests }: Gateway, { left = false }: Stage): Promise<void> {
  if (!left) return;
  for (let i = 0; i < 200 && requests.at(-1)?.cancelled !== true; i += 1) await sleep(10);
}

/**
 * Runs the suite with a gateway of its own for each check.
 *
 * @returns what went wrong, in the checks or on the wire; empty where nothing did.
 */
export async function smoke(stages: Readonly<Record<string, Stage>>, host: Host, { browser = false } = {}): Promise<string[]> {
  const listening = await Promise.all(
    Object.entries(stages).map(async ([name, stage]) => {
      const gateway = createGateway({ apiKeys: [KEY], ...(stage.scenario && { scenario: stage.scenario }) });
      return { name, stage, gateway, server: await gateway.listen() };
    }),
  );
  try {
    const results = await host({ key: KEY, text: TEXT, urls: Object.fromEntries(listening.map(({ name, server }) => [name, server.url])) });
    const wrong: string[] = [];
    for (const { name, error } of results) if (error !== undefined) wrong.push(`${name}: ${error}`);
    for (const { name, stage, gateway } of listening) {
      if (!results.some((result) => result.name === name)) wrong.push(`${name}: it was not run`);
      await settled(gateway, stage);
      for (const complaint of complaints(stage, gateway.requests, browser)) wrong.push(`${name}: ${complaint}`);
    }
    return wrong;
  } finally {
    await Promise.all(listening.map(({ server }) => server.close()));
  }
}
