import type { GatewayModel } from '../catalogue/types.js';
import type { GatewayState } from '../state.js';
import { planRoute } from './plan.js';

/** Whether the account's settings leave an endpoint of the model to a request that asks for nothing in particular. */
export function accountAllows({ catalogue, account, random }: Pick<GatewayState, 'catalogue' | 'account' | 'random'>, model: GatewayModel): boolean {
  const [output = 'text'] = model.outputModalities;
  return planRoute({ model: model.id, messages: [] }, { catalogue, account, random: random('models'), output }).ok;
}
