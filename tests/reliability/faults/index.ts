import { aborts } from './aborts.js';
import { bodies } from './bodies.js';
import { breaks } from './breaks.js';
import { compression } from './compression.js';
import { connection } from './connection.js';
import { endless } from './endless.js';
import type { FaultGroup } from './fault.js';
import { statuses } from './statuses.js';

export const GROUPS: readonly FaultGroup[] = [connection, statuses, bodies, breaks, compression, endless, aborts];
