import type { RouteName } from '@waypost/core';
import { exactRoute } from './inference-routes.js';

/** The inference route that a request of another client is for; undefined for what this version does not know. */
export const forwardRoute = (path: string): RouteName | undefined => (path.toLowerCase() === '/alpha/decisions' ? 'decisions' : exactRoute(path));

// What writes to the account and sends nothing to a model. Source: OpenRouter API, account endpoints. A preset is made by it, not run.
const ACCOUNT = /^\/(analytics|keys|auth|byok|credits|generation|guardrails|observability|organization|presets|files|scim|workspaces)(\/|$)/i;

/** Whether a path is one of the account, where policy has no say. */
export const isAccountPath = (path: string): boolean => ACCOUNT.test(path);

/** Whether a request makes something that costs again each time. */
export const isCreation = (path: string): boolean => /^\/(images|videos)(\/|$)/i.test(path);
